"""What surrounds every page: who is here, in which role, and where they may go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.web.ui.acting import acting_of
from maillage.web.ui.frame import Frame, frame_of


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation may lead to, and what it takes to get there."""

    url_name: str
    label: Promise
    permission: str
    module: str = ""
    icon: str = ""
    # Other pages that belong there, as their addresses begin after the network's own.
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation."""

    label: str
    url: str
    current: bool
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the three phases of a network's life, with the modules that are on."""

    key: str
    label: str
    url: str
    current: bool
    modules: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """The person who signed in."""

    name: str
    initials: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """What surrounds a page."""

    person: Who | None
    role: str
    roles_many: bool
    network: Network | None
    phases: tuple[Phase, ...]
    entries: tuple[Entry, ...]
    unread: int
    search_url: str
    language: str
    path: str


PHASES: tuple[tuple[str, Promise, tuple[Place, ...]], ...] = (
    (
        "launch",
        _("Launch"),
        (
            Place(
                "directory:firms",
                _("Firms"),
                "see_directory",
                "directory",
                also=("territories/", "imports/"),
            ),
            Place("governance:conditions", _("Start"), "manage_conditions"),
            Place("governance:objectives", _("Objectives"), "see_objectives", "objectives"),
            Place("trust:introductions", _("Introductions"), "edit_own_firm", "introductions"),
            Place("surveys:list", _("Surveys"), "see_results", "surveys"),
            Place("needs:list", _("Needs"), "manage_needs", "needs"),
            Place("workshop:home", _("Shared jobs"), "compose_jobs", "shared_jobs"),
            Place("charter:home", _("Charter"), "see_charter", "charter"),
            Place("mobilisation:list", _("Mobilisation"), "manage_mobilisation", "mobilisation"),
        ),
    ),
    (
        "run",
        _("Run"),
        (
            Place("planning:board", _("Plan"), "see_plan", "planning"),
            Place("calls:home", _("Absences and peaks"), "plan_work", "planning"),
            Place("hours:home", _("Hours"), "keep_hours", "hours"),
            Place("governance:members", _("Members"), "see_members"),
            Place("staff:list", _("Shared workers"), "manage_staff", "employment"),
            Place("group:home", _("Employer group"), "read_group", "group"),
            Place("contacts:log", _("Contacts"), "log_contacts", "contacts"),
            Place("leave:home", _("Leave"), "manage_staff", "employment"),
            Place("leave:expiring", _("Licences"), "manage_staff", "employment"),
            Place("governance:decisions", _("Decisions"), "see_network", "decisions"),
            Place("governance:people", pgettext_lazy("roles", "People"), "manage_roles"),
            Place("trust:competitors", _("Competitors"), "manage_competitors"),
        ),
    ),
    (
        "sustain",
        _("Sustain"),
        (
            Place("governance:home", _("The network"), "see_network"),
            Place("trust:figures", _("Figures"), "see_figures", "figures"),
            Place("voice:home", _("Voice of the workers"), "hear_workers", "voice"),
            Place("health:home", _("Shared work"), "see_staff_health", "employment"),
        ),
    ),
)
# People of a firm have their own few screens instead of the phases.
FIRM_SCREENS = (
    Place("week:home", _("This week"), "see_own_week", "planning", icon="calendar"),
    Place("hours:mine", _("Our hours"), "confirm_hours", "hours", icon="clock"),
    Place("directory:mine", _("My firm"), "see_own_firm", icon="firm"),
    Place("needs:mine", _("Needs"), "state_needs", "needs", icon="swap"),
    Place("charter:home", _("Charter"), "see_charter", "charter", icon="document"),
    Place("staff:ours", _("People lent to us"), "sign_lending", "employment", icon="person"),
    Place("group:mine", _("The group"), "see_own_group", "group", icon="people"),
    Place("directory:firms", _("Firms"), "see_directory", "directory", icon="list"),
    Place("governance:objectives", _("Objectives"), "see_objectives", "objectives", icon="check"),
    Place("governance:home", _("The network"), "see_network", icon="network"),
)


def module_of(path: str, network: Network) -> str:
    """Return the module whose pages begin as this address does, "" for a page of none."""
    places = [place for _key, _label, places in PHASES for place in places]
    modules = {
        _address(place.url_name, network): place.module for place in (*places, *FIRM_SCREENS)
    }
    mine = max((url for url in modules if url and path.startswith(url)), key=len, default="")
    return modules.get(mine, "")


def page(request: HttpRequest) -> dict[str, Page]:
    """Context processor: gives templates `page`."""
    acting = acting_of(request) if hasattr(request, "user") else None
    return {"page": page_of(request, acting)}


def page_of(request: HttpRequest, acting: Acting | None) -> Page:
    """Return what surrounds a page for somebody, or for a visitor."""
    language = get_language() or ""
    path = request.get_full_path()
    if acting is None:
        return Page(None, "", False, None, (), (), 0, "", language, path)  # noqa: FBT003 -- by place
    frame = getattr(request, "frame", None) or frame_of(acting)
    network = acting.network
    in_firm = acting.role is not None and acting.role.in_firm
    return Page(
        person=Who(str(acting.person), _initials(str(acting.person)), acting.person.language),
        role=_role_label(acting),
        roles_many=len(acting.roles) > 1,
        network=network,
        phases=() if network is None or in_firm else _phases(request, acting, network, frame),
        entries=_screens(request, acting, network, frame)
        if network is not None and in_firm
        else (),
        unread=frame.unread,
        search_url=_address("desk:search", network)
        if network is not None and acting.can("see_directory")
        else "",
        language=language,
        path=path,
    )


def _role_label(acting: Acting) -> str:
    if acting.role is None:
        return ""
    label = str(acting.role.label)
    return f"{label}, {acting.role.organisation}" if acting.role.in_firm else label


def _initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    ends = words if len(words) == 1 else [*words[:1], *words[-1:]]
    return "".join(word[0] for word in ends).upper()


def _phases(
    request: HttpRequest, acting: Acting, network: Network, frame: Frame
) -> tuple[Phase, ...]:
    open_to = {key: _open_places(acting, network, frame, places) for key, _label, places in PHASES}
    here = _nearest(request, [one for places in open_to.values() for one in places], network)
    phases = []
    for key, label, _places in PHASES:
        modules = _entries(open_to[key], here)
        if modules:
            current = any(entry.current for entry in modules)
            phases.append(Phase(key, str(label), modules[0].url, current, modules))
    return tuple(phases)


def _screens(
    request: HttpRequest, acting: Acting, network: Network, frame: Frame
) -> tuple[Entry, ...]:
    places = _open_places(acting, network, frame, FIRM_SCREENS)
    return _entries(places, _nearest(request, places, network))


def _open_places(
    acting: Acting, network: Network, frame: Frame, places: Iterable[Place]
) -> list[tuple[Place, str]]:
    """Return the places that the role in use may go to, with their addresses."""
    return [
        (place, url)
        for place in places
        if acting.can(place.permission)
        and (not place.module or place.module in frame.modules)
        and (url := _address(place.url_name, network))
    ]


def _nearest(request: HttpRequest, places: Iterable[tuple[Place, str]], network: Network) -> str:
    """Return the address of the place that the page belongs to: the longest that its own begins."""
    root = _address("desk:network", network).removesuffix("desk/")
    begins = {
        begin: url
        for place, url in places
        for begin in (url, *(f"{root}{other}" for other in place.also))
    }
    mine = max((begin for begin in begins if request.path.startswith(begin)), key=len, default="")
    return begins.get(mine, "")


def _entries(places: Iterable[tuple[Place, str]], here: str) -> tuple[Entry, ...]:
    return tuple(Entry(str(place.label), url, url == here, place.icon) for place, url in places)


def _address(name: str, network: Network) -> str:
    """Return the address of a page of the network, "" while no area defines it."""
    try:
        return reverse(name, args=[network.slug])
    except NoReverseMatch:
        return ""
