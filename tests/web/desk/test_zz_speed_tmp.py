import time
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.networks.models import *
from maillage.foundation.visibility.entry import list_in_network
from tests.cast import cast_of, inside, START
def test_speed(db):
    cast=cast_of("metiers-partages")
    with inside(cast.network):
        Organisation.objects.bulk_create([Organisation(register=cast.register,kind="firm",name=f"Menuiserie {i:05}",folded_name=f"menuiserie {i:05}",email="" if i%3 else "a@b.example") for i in range(20000)],batch_size=2000)
        ids=list(Organisation.objects.filter(folded_name__startswith="menuiserie").values_list("pk","public_id"))
        list_in_network(network=cast.network, organisation_ids=[i for i,_ in ids])
        ms=list(Membership.objects.filter(organisation__in=[i for i,_ in ids[:5000]]))
        MembershipPeriod.objects.bulk_create([MembershipPeriod(membership=m,tier="periphery",starts_on=START) for m in ms],batch_size=2000)
        Contact.objects.bulk_create([Contact(firm_key=str(u),organisation_id=u,network_id=cast.network.public_id,body_name="C",person_id=cast.alice.public_id,channel="call",subject="S",at=now()) for _,u in ids for k in range(2)],batch_size=2000)
    s=cast.network.slug
    for who,url in (("alice",reverse("desk:network",args=[s])),("bob",reverse("desk:network",args=[s])),("alice",reverse("contacts:log",args=[s])),("alice",reverse("contacts:log",args=[s])+"?sort=firm"),("alice",reverse("contacts:log",args=[s])+"?q=00012"),("alice",reverse("contacts:firm",args=[s,cast.garage.public_id])),("bob",reverse("desk:search",args=[s])+"?q=menui"),("alice",reverse("desk:search",args=[s])+"?q=zzz")):
        c=Client(); c.force_login(getattr(cast,who),backend="django.contrib.auth.backends.ModelBackend"); c.get(url)
        t=time.perf_counter()
        with CaptureQueriesContext(connection) as q: assert c.get(url).status_code==200
        e=time.perf_counter()-t
        print(who,url,f"{e*1000:.0f} ms",len(q), [ (x["time"],x["sql"][:90]) for x in q if float(x["time"])>0.02])
