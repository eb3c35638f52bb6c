"""Who opens what: every address of the site, against every person of the cast.

A page that is missing here fails, so that nobody adds one without saying who may open it. Each line
gives the answer to a GET for Alice (animator), Bob (owner of a member firm), Chloé (works for him),
Denis (no role), Emma (Bob's competitor), Farid (funder) and a visitor:

    ✓  opens it (200)      →  is led elsewhere, to sign in for a visitor (302)
    ✗  may know it exists, without the right (403)
    ∅  as if it did not exist (404)      P  only a POST does something (405)      ⌛ no longer (410)
    🔑 is asked for a token (401)
"""

from collections import defaultdict
from copy import deepcopy

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.every_address import every_address
from tests.web.world import World, area_of, areas, browser_of, doors

PEOPLE = ("alice", "bob", "chloe", "denis", "emma", "farid", "visitor")
ONLY_IN_A_DEMONSTRATION = {"account:demonstration"}
SIGNS = {200: "✓", 401: "🔑", 302: "→", 403: "✗", 404: "∅", 405: "P", 410: "⌛"}

TABLE = """
account:demonstration               ∅ ∅ ∅ ∅ ∅ ∅ ∅
account:devices                     ✓ ✓ ✓ ✓ ✓ ✓ →
account:end-session                 P P P P P P P
account:end-token                   P P P P P P P
account:home                        ✓ ✓ ✓ ✓ ✓ ✓ →
account:invitation                  ✗ ✗ ✗ ✗ ✗ ✗ ✓
account:roles                       ✓ ✓ ✓ ✓ ✓ ✓ →
account:summaries                   P P P P P P P
account:tokens                      ✓ ✓ ✓ ✓ ✓ ✓ →
account_change_password             ✓ ✓ ✓ ✓ ✓ ✓ →
account_complete_password_reset     → → → → → → →
account_confirm_login_code          → → → → → → →
account_confirm_password_reset_code → → → → → → →
account_email                       ✓ ✓ ✓ ✓ ✓ ✓ →
account_email_verification_sent     → → → → → → →
account_inactive                    ✓ ✓ ✓ ✓ ✓ ✓ ✓
account_login                       → → → → → → ✓
account_logout                      ✓ ✓ ✓ ✓ ✓ ✓ →
account_password_reset_completed    ✓ ✓ ✓ ✓ ✓ ✓ ✓
account_reauthenticate              ✓ ✓ ✓ ✓ ✓ ✓ →
account_request_login_code          → → → → → → ✓
account_reset_password              ✓ ✓ ✓ ✓ ✓ ✓ ✓
account_set_password                → → → → → → →
account_signup                      → → → → → → ✓
answers:check                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
answers:question                    ✓ ✓ ✓ ✓ ✓ ✓ ✓
answers:welcome                     ✓ ✓ ✓ ✓ ✓ ✓ ✓
api:assign                          P P P P P P P
api:openapi-json                    ✓ ✓ ✓ ✓ ✓ ✓ ✓
api:week                            ✓ ✗ ✗ ∅ ✗ ✗ 🔑
billing:act                         P P P ∅ P P →
billing:bank                        ✓ ∅ ∅ ∅ ∅ ∅ →
billing:file                        ✓ ∅ ∅ ∅ ∅ ∅ →
billing:follow                      P P P ∅ P P →
billing:home                        ✓ ∅ ∅ ∅ ∅ ∅ →
billing:invoice                     ✓ ∅ ∅ ∅ ∅ ∅ →
billing:issue                       P P P ∅ P P →
billing:mandate                     ✓ ∅ ∅ ∅ ∅ ∅ →
billing:mine                        ✗ ✓ ✗ ∅ ✓ ✗ →
billing:order                       ✓ ∅ ∅ ∅ ∅ ∅ →
billing:our-file                    ✗ ∅ ✗ ∅ ∅ ✗ →
billing:payments                    ✓ ∅ ∅ ∅ ∅ ∅ →
billing:price                       ✓ ∅ ∅ ∅ ∅ ∅ →
billing:profile                     ✓ ∅ ∅ ∅ ∅ ∅ →
billing:take-back                   P P P ∅ P P →
calls:absence                       ✓ ∅ ∅ ∅ ∅ ∅ →
calls:ask                           P P P ∅ P P →
calls:away                          ✓ ∅ ∅ ∅ ∅ ∅ →
calls:back                          P P P ∅ P P →
calls:call                          ✓ ∅ ∅ ∅ ∅ ∅ →
calls:hands                         ✓ ∅ ∅ ∅ ∅ ∅ →
calls:help                          ✓ ∅ ∅ ∅ ∅ ∅ →
calls:home                          ✓ ∅ ∅ ∅ ∅ ∅ →
calls:look                          P P P ∅ P P →
calls:no                            P P P ∅ P P →
calls:remove-hand                   P P P ∅ P P →
calls:withdraw                      P P P ∅ P P →
calls:yes                           P P P ∅ P P →
charter:agree-apart                 P P P ∅ P P →
charter:apart                       ✗ ✓ ✗ ∅ ✓ ✗ →
charter:ask-apart                   ✗ ∅ ✗ ∅ ∅ ✗ →
charter:by-link                     ⌛ ⌛ ⌛ ✓ ⌛ ⌛ ✓
charter:by-link-document            ⌛ ⌛ ⌛ → ⌛ ⌛ →
charter:clause                      ✓ ✗ ✗ ∅ ✗ ✗ →
charter:compare                     ✓ ✓ ✗ ∅ ✓ ✗ →
charter:document                    ✓ ✓ ✗ ∅ ✓ ✗ →
charter:draft                       ✓ ✗ ✗ ∅ ✗ ✗ →
charter:drop                        P P P ∅ P P →
charter:end-apart                   P P P ∅ P P →
charter:firm                        ✓ ✗ ✗ ∅ ✗ ✗ →
charter:home                        ✓ ✓ ✗ ∅ ✓ ✗ →
charter:new-clause                  ✓ ✗ ✗ ∅ ✗ ✗ →
charter:paper                       ✓ ✗ ✗ ∅ ✗ ✗ →
charter:publish                     ✓ ✗ ✗ ∅ ✗ ✗ →
charter:raise-clause                P P P ∅ P P →
charter:remove-clause               P P P ∅ P P →
charter:scan                        ✓ ✓ ✗ ∅ ∅ ✗ →
charter:send                        ✓ ✗ ✗ ∅ ✗ ✗ →
charter:sign                        ✗ → ✗ ∅ ✓ ✗ →
charter:signatures                  ✓ ✗ ✗ ∅ ✗ ✗ →
charter:version                     ✓ ✓ ✗ ∅ ✓ ✗ →
components:page                     ∅ ∅ ∅ ∅ ∅ ∅ ∅
contacts:firm                       ✓ ✗ ✗ ∅ ✗ ✗ →
contacts:log                        ✓ ✗ ✗ ∅ ✗ ✗ →
contacts:mine                       ✗ ✓ ✗ ∅ ✓ ✗ →
contacts:new                        ✓ ✗ ✗ ∅ ✗ ✗ →
contacts:policy                     ✓ ✓ ✗ ∅ ∅ ∅ →
contacts:quiet                      ✓ ✓ ✗ ∅ ∅ ∅ →
contacts:quiet-end                  P P P ∅ P P →
contacts:record                     ✓ ✗ ✗ ∅ ✗ ✗ →
contacts:take-back                  P P P ∅ P P →
contacts:useful                     P P P ∅ P P →
contacts:write                      ✓ ✗ ✗ ∅ ✗ ✗ →
desk:home                           → → → ✓ → → →
desk:network                        ✓ ✓ ✓ ∅ ✓ ✓ →
desk:notifications                  ✓ ✓ ✓ ✓ ✓ ✓ →
desk:open                           P P P P P P P
desk:read-all                       P P P P P P P
desk:search                         ✓ ✓ ✗ ∅ ✓ ✗ →
desk:stop                           ✓ ✓ ✓ ✓ ✓ ✓ ✓
desk:task                           P P P ∅ P P →
directory:add-link                  ✓ ✓ ✗ ∅ ∅ ✗ →
directory:add-person                ✓ ✓ ✗ ∅ ∅ ∅ →
directory:add-site                  ✓ ✓ ✗ ∅ ∅ ∅ →
directory:change-person             ✓ ✓ ✗ ∅ ∅ ∅ →
directory:change-site               ✓ ✓ ✗ ∅ ∅ ∅ →
directory:close                     ✓ ✗ ✗ ∅ ✗ ✗ →
directory:close-site                P P P ∅ P P →
directory:coverage                  ✓ ✓ ✗ ∅ ∅ ∅ →
directory:create                    ✓ ✗ ✗ ∅ ✗ ✗ →
directory:create-territory          ✓ ✗ ✗ ∅ ✗ ✗ →
directory:edit                      ✓ ✓ ✗ ∅ ∅ ∅ →
directory:edit-territory            ✓ ✗ ✗ ∅ ✗ ✗ →
directory:end-link                  P P P ∅ P P →
directory:end-person                P P P ∅ P P →
directory:firms                     ✓ ✓ ✗ ∅ ✓ ✗ →
directory:make-main-site            P P P ∅ P P →
directory:map                       ✓ ✓ ✗ ∅ ✓ ✗ →
directory:mine                      ✗ ✓ ✓ ∅ ✓ ✗ →
directory:organisation              ✓ ✓ ✓ ∅ ∅ ∅ →
directory:put-back                  P P P ∅ P P →
directory:readiness                 ✓ ✓ ✗ ∅ ∅ ∅ →
directory:remove-territory          ✓ ✗ ✗ ∅ ✗ ✗ →
directory:reopen                    P P P ∅ P P →
directory:reopen-site               P P P ∅ P P →
directory:resume-link               P P P ∅ P P →
directory:resume-person             P P P ∅ P P →
directory:suggest                   ✓ ✓ ✗ ∅ ✓ ✗ →
directory:seen                      ✗ ✓ ✓ ∅ ✓ ✗ →
directory:take-off                  P P P ∅ P P →
directory:territories               ✓ ✓ ✗ ∅ ✓ ✗ →
directory:territory                 ✓ ✓ ✗ ∅ ✓ ✗ →
front:accessibility                 ✓ ✓ ✓ ✓ ✓ ✓ ✓
front:directory                     ✓ ✓ ✓ ✓ ✓ ✓ ✓
front:firm                          ∅ ∅ ∅ ∅ ∅ ∅ ∅
front:firms                         → → → → → → →
front:home                          ✓ ✓ ✓ ✓ ✓ ✓ ✓
front:network                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
front:privacy                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
front:telephone                     P P P P P P P
front:write                         ∅ ∅ ∅ ∅ ∅ ∅ ∅
governance:appoint                  ✓ ✗ ✗ ∅ ✗ ✗ →
governance:bodies                   ✓ ✓ ✗ ∅ ✓ ✗ →
governance:change-tier              ✓ ✗ ✗ ∅ ✗ ✗ →
governance:close                    ✓ ✗ ✗ ∅ ✗ ✗ →
governance:come-back                ✓ ✗ ✗ ∅ ✗ ✗ →
governance:condition-met            ✓ ✗ ✗ ∅ ✗ ✗ →
governance:condition-solve          ✓ ✗ ✗ ∅ ✗ ✗ →
governance:conditions               ✓ ✗ ✗ ∅ ✗ ✗ →
governance:decision                 ✓ ✓ ✓ ∅ ✓ ✓ →
governance:decisions                ✓ ✓ ✓ ∅ ✓ ✓ →
governance:drop-objective           P P P ∅ P P →
governance:end-involvement          ✓ ✗ ✗ ∅ ✗ ✗ →
governance:end-role                 ✓ ✗ ✗ ∅ ✗ ✗ →
governance:endorse                  P P P ∅ P P →
governance:enter                    ✓ ✗ ✗ ∅ ✗ ✗ →
governance:home                     ✓ ✓ ✓ ∅ ✓ ✓ →
governance:invite-to-firm           ✓ ✓ ✗ ∅ ∅ ∅ →
governance:involve                  ✓ ✗ ✗ ∅ ✗ ✗ →
governance:keep-involvement         P P P ∅ P P →
governance:keep-role                P P P ∅ P P →
governance:leave                    ✓ ✓ ✗ ∅ ∅ ∅ →
governance:member                   ✓ ✓ ✓ ∅ ∅ ∅ →
governance:members                  ✓ ✓ ✗ ∅ ✓ ✗ →
governance:modules                  ✓ ✓ ✓ ∅ ✓ ✓ →
governance:new                      ✓ ✗ ✗ ✗ ✗ ✗ →
governance:new-decision             ✓ ✗ ✗ ∅ ✗ ✗ →
governance:objective                ✓ ✓ ✗ ∅ ✓ ✓ →
governance:objectives               ✓ ✓ ✗ ∅ ✓ ✓ →
governance:open-again               P P P P P P P
governance:people                   ✓ ✗ ✗ ∅ ✗ ✗ →
governance:propose                  ✓ ✓ ✗ ∅ ✓ ✓ →
governance:reach-objective          P P P ∅ P P →
governance:record-yes               ✓ ✗ ✗ ∅ ✗ ✗ →
governance:renew-invitation         P P P ∅ P P →
governance:reopen-objective         P P P ∅ P P →
governance:revise                   ✓ ✗ ✗ ∅ ✗ ✗ →
governance:revoke-invitation        P P P ∅ P P →
governance:settings                 ✓ ✗ ✗ ∅ ✗ ✗ →
governance:stay                     P P P ∅ P P →
governance:switch-on                ✗ ✗ ✗ ∅ ✗ ✗ →
governance:take-entry-back          P P P ∅ P P →
governance:take-module-back         P P P ∅ P P →
governance:take-role-back           P P P ∅ P P →
governance:task-done                P P P ∅ P P →
governance:task-undone              P P P ∅ P P →
governance:withdraw                 P P P ∅ P P →
health:decision                     ✓ ∅ ∅ ∅ ∅ ∅ →
health:home                         ✓ ∅ ∅ ∅ ∅ ∅ →
health:indicator                    ✓ ∅ ∅ ∅ ∅ ∅ →
health:look                         P P P ∅ P P →
health:plan                         ✓ ∅ ∅ ∅ ∅ ∅ →
health:recruit                      P P P ∅ P P →
health:threshold                    ✓ ∅ ∅ ∅ ∅ ∅ →
group:answer                        ✓ ✗ ✗ ∅ ✗ ✗ →
group:ballot                        ✗ ✓ ✗ ∅ ✓ ✗ →
group:calendar                      ✓ ✓ ✓ ✓ ✓ ✓ ✓
group:change                        ✓ ✗ ✗ ∅ ✗ ✗ →
group:clock                         ✓ ✗ ✗ ∅ ✗ ✗ →
group:close-vote                    P P P ∅ P P →
group:comparison                    ✓ ✗ ✗ ∅ ✗ ✗ →
group:comparisons                   ✓ ✗ ✗ ∅ ✗ ✗ →
group:document                      ✓ ✗ ✗ ∅ ✗ ✗ →
group:done                          ✓ ✗ ✗ ∅ ✗ ✗ →
group:dossier                       ✓ ✗ ✗ ∅ ✗ ✗ →
group:erase-manager                 P P P ∅ P P →
group:fill                          ✓ ✗ ✗ ∅ ✗ ✗ →
group:home                          ✓ ✗ ✗ ∅ ✗ ✗ →
group:key                           ✓ ✗ ✗ ∅ ✗ ✗ →
group:kind                          ✓ ✗ ✗ ∅ ✗ ✗ →
group:look                          P P P ∅ P P →
group:mine                          ✗ ✓ ✗ ∅ ✓ ✗ →
group:new-comparison                ✓ ✗ ✗ ∅ ✗ ✗ →
group:new-filing                    ✓ ✗ ✗ ∅ ✗ ✗ →
group:new-key                       ✓ ✗ ✗ ∅ ✗ ✗ →
group:new-manager                   ✓ ✗ ✗ ∅ ✗ ✗ →
group:put-to-vote                   ✓ ✗ ✗ ∅ ✗ ✗ →
group:renew-calendar                P P P ∅ P P →
group:set-up                        ✓ ✗ ✗ ∅ ✗ ✗ →
group:set-vat                       ✓ ✗ ✗ ∅ ✗ ✗ →
group:undone                        P P P ∅ P P →
group:vat                           ✓ ✗ ✗ ∅ ✗ ✗ →
group:vote                          P P P ∅ P P →
hours:by-link                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
hours:change                        ✓ ∅ ∅ ∅ ∅ ∅ →
hours:close                         P P P ∅ P P →
hours:dispute                       P P P P P P P
hours:entry                         ✓ ∅ ∅ ∅ ∅ ∅ →
hours:expense                       P P P ∅ P P →
hours:firm                          ✓ ∅ ∅ ∅ ∅ ∅ →
hours:home                          ✓ ∅ ∅ ∅ ∅ ∅ →
hours:mine                          ✗ ✓ ✗ ∅ ✓ ✗ →
hours:pay                           P P P ∅ P P →
hours:receipt                       ✓ ∅ ∅ ∅ ∅ ∅ →
hours:send                          P P P ∅ P P →
imports:apply                       P P P ∅ P P →
imports:columns                     ✓ ✗ ✗ ∅ ✗ ✗ →
imports:discard                     P P P ∅ P P →
imports:list                        ✓ ✗ ✗ ∅ ✗ ✗ →
imports:new                         ✓ ✗ ✗ ∅ ✗ ✗ →
imports:page                        ✓ ✗ ✗ ∅ ✗ ✗ →
imports:progress                    → ✗ ✗ ∅ ✗ ✗ →
imports:read                        P P P ∅ P P →
imports:refused                     ✓ ✗ ✗ ∅ ✗ ✗ →
imports:undo                        P P P ∅ P P →
leave:absence                       ✓ ∅ ∅ ∅ ∅ ∅ →
leave:absences                      ✓ ∅ ∅ ∅ ∅ ∅ →
leave:add-authorisation             ✓ ∅ ∅ ∅ ∅ ∅ →
leave:add-certificate               ✓ ∅ ∅ ∅ ∅ ∅ →
leave:add-time                      ✓ ∅ ∅ ∅ ∅ ∅ →
leave:end                           P P P ∅ P P →
leave:expiring                      ✓ ∅ ∅ ∅ ∅ ∅ →
leave:file                          ✓ ∅ ∅ ∅ ∅ ∅ →
leave:home                          ✓ ∅ ∅ ∅ ∅ ∅ →
leave:new                           ✓ ∅ ∅ ∅ ∅ ∅ →
leave:of-worker                     ✓ ∅ ∅ ∅ ∅ ∅ →
leave:papers                        ✓ ∅ ∅ ∅ ∅ ∅ →
leave:request                       ✓ ∅ ∅ ∅ ∅ ∅ →
mfa_activate_totp                   → → → → → → →
mfa_add_webauthn                    → → → → → → →
mfa_authenticate                    → → → → → → →
mfa_deactivate_totp                 ∅ ∅ ∅ ∅ ∅ ∅ →
mfa_download_recovery_codes         ∅ ∅ ∅ ∅ ∅ ∅ →
mfa_edit_webauthn                   → → → → → → →
mfa_generate_recovery_codes         → → → → → → →
mfa_index                           ✓ ✓ ✓ ✓ ✓ ✓ →
mfa_list_webauthn                   ✓ ✓ ✓ ✓ ✓ ✓ →
mfa_login_webauthn                  → → → → → → →
mfa_reauthenticate                  → → → → → → →
mfa_reauthenticate_webauthn         → → → → → → →
mfa_remove_webauthn                 → → → → → → →
mfa_view_recovery_codes             ∅ ∅ ∅ ∅ ∅ ∅ →
mobilisation:brakes                 ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:figures                ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:firm                   ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:list                   ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:mine                   ✗ ✓ ✗ ∅ ✓ ✗ →
mobilisation:mine-reason            ✗ ✓ ✗ ∅ ✓ ✗ →
mobilisation:motive                 ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:move                   ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:obstacle               ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:reason                 ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:relay                  ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:remove-motive          P P P ∅ P P →
mobilisation:remove-obstacle        P P P ∅ P P →
mobilisation:result                 ✓ ✗ ✗ ∅ ✗ ✗ →
mobilisation:try                    ✓ ✗ ✗ ∅ ✗ ✗ →
mywork:all-as-planned               P P P P P P P
mywork:as-planned                   P P P P P P P
mywork:away                         ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:calendar                     ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:expense                      ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:home                         ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:hours                        ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:leave                        ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:mine                         ∅ ∅ ∅ ∅ ∅ ∅ →
mywork:more-hours                   ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:offer                        ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:otherwise                    ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:rights                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
mywork:seen                         P P P P P P P
mywork:withdraw-leave               P P P P P P P
needs:alone                         ✓ ✗ ✗ ∅ ✗ ✗ →
needs:change                        ✓ ✗ ✗ ∅ ✗ ✗ →
needs:common                        ✓ ✗ ✗ ∅ ✗ ✗ →
needs:common-act                    P P P ∅ P P →
needs:common-dismiss                ✓ ✗ ✗ ∅ ✗ ✗ →
needs:common-undo                   P P P ∅ P P →
needs:list                          ✓ ✗ ✗ ∅ ✗ ✗ →
needs:look                          P P P ∅ P P →
needs:match-back                    P P P ∅ P P →
needs:match-no                      P P P ∅ P P →
needs:match-yes                     P P P ∅ P P →
needs:matches                       ✓ ✗ ✗ ∅ ✗ ✗ →
needs:mine                          ✗ ✓ ✗ ∅ ✓ ✗ →
needs:mine-change                   ✗ ✓ ✗ ∅ ∅ ✗ →
needs:mine-level                    ✗ ✓ ✗ ∅ ∅ ✗ →
needs:mine-matches                  ✗ ✓ ✗ ∅ ✓ ✗ →
needs:mine-new                      ✗ ✓ ✗ ∅ ✓ ✗ →
needs:mine-withdraw                 ✗ ✓ ✗ ∅ ∅ ✗ →
needs:move                          ✓ ✗ ✗ ∅ ✗ ✗ →
needs:need                          ✓ ✗ ✗ ∅ ✗ ✗ →
needs:new                           ✓ ✗ ✗ ∅ ✗ ✗ →
needs:others                        ✗ ✓ ✗ ∅ ✓ ✗ →
needs:progress                      ✓ ✗ ✗ ∅ ✗ ✗ →
planning:answers                    P P P ∅ P P →
planning:apply                      P P P ∅ P P →
planning:board                      ✓ ✗ ✗ ∅ ✗ ✗ →
planning:file                       ✓ ✗ ✗ ∅ ✗ ✗ →
planning:cancel                     P P P ∅ P P →
planning:change-series              ✓ ✗ ✗ ∅ ✗ ✗ →
planning:change-slot                ✓ ✗ ✗ ∅ ✗ ✗ →
planning:closure                    ✓ ✗ ✗ ∅ ✗ ✗ →
planning:end-rule                   P P P ∅ P P →
planning:file-apply                 P P P ∅ P P →
planning:file-columns               ✓ ✗ ✗ ∅ ✗ ✗ →
planning:file-discard               P P P ∅ P P →
planning:file-undo                  P P P ∅ P P →
planning:fill                       P P P ∅ P P →
planning:firm-holidays              ✓ ✗ ✗ ∅ ✗ ✗ →
planning:fix                        P P P ∅ P P →
planning:gap                        ✓ ✗ ✗ ∅ ✗ ✗ →
planning:gaps                       ✓ ✗ ✗ ∅ ✗ ✗ →
planning:give                       P P P ∅ P P →
planning:holidays                   ✓ ✗ ✗ ∅ ✗ ✗ →
planning:lay-out                    P P P ∅ P P →
planning:new-closure                ✓ ✗ ✗ ∅ ✗ ✗ →
planning:new-series                 ✓ ✗ ✗ ∅ ✗ ✗ →
planning:new-slot                   ✓ ✗ ✗ ∅ ✗ ✗ →
planning:place                      P P P ∅ P P →
planning:progress                   → ✗ ✗ ∅ ✗ ✗ →
planning:proposal                   ✓ ✗ ✗ ∅ ✗ ✗ →
planning:propose                    ✓ ✗ ✗ ∅ ✗ ✗ →
planning:publish                    ✓ ✗ ✗ ∅ ✗ ✗ →
planning:reopen                     P P P ∅ P P →
planning:rules                      ✓ ✗ ✗ ∅ ✗ ✗ →
planning:series                     ✓ ✗ ✗ ∅ ✗ ✗ →
planning:shift-answers              P P P ∅ P P →
planning:shift                      ✓ ✗ ✗ ∅ ✗ ✗ →
planning:slot-file                  ✓ ✗ ✗ ∅ ✗ ✗ →
planning:slot-files                 ✓ ✗ ✗ ∅ ✗ ✗ →
planning:stop-series                P P P ∅ P P →
planning:stop                       P P P ∅ P P →
planning:take-away                  P P P ∅ P P →
planning:who-could                  P P P ∅ P P →
planning:who-else                   P P P ∅ P P →
questionnaires:add                  ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:begin                P P P ∅ P P →
questionnaires:changes              ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:contact              P P P ∅ P P →
questionnaires:delete               ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:down                 P P P ∅ P P →
questionnaires:duplicate            P P P ∅ P P →
questionnaires:head                 ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:list                 ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:new                  ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:preview              ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:preview-end          ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:preview-question     ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:publish              ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:put-back             P P P ∅ P P →
questionnaires:question             ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:questionnaire        ✓ ✗ ✗ ∅ ✗ ✗ →
questionnaires:remove               P P P ∅ P P →
questionnaires:up                   P P P ∅ P P →
runs:cancel                         P P P P P P P
runs:mine                           ✓ ✓ ✓ ✓ ✓ ✓ →
runs:page                           ✓ ∅ ∅ ∅ ∅ ∅ →
staff:amend-firms                   ✓ ✗ ✗ ∅ ✗ ✗ →
staff:amend-hours                   ✓ ✗ ✗ ∅ ✗ ✗ →
staff:ask-opinions                  P P P ∅ P P →
staff:by-link                       ⌛ ⌛ ⌛ ✓ ⌛ ⌛ ✓
staff:by-link-document              ⌛ ⌛ ⌛ → ⌛ ⌛ →
staff:change                        ✓ ✗ ✗ ∅ ✗ ✗ →
staff:change-contract               ✓ ✗ ✗ ∅ ✗ ✗ →
staff:change-lending                ✓ ✗ ✗ ∅ ✗ ✗ →
staff:declare                       ✓ ✗ ✗ ∅ ✗ ✗ →
staff:drop-amendment                P P P ∅ P P →
staff:drop-contract                 P P P ∅ P P →
staff:drop-lending                  P P P ∅ P P →
staff:end-contract                  ✓ ✗ ✗ ∅ ✗ ✗ →
staff:end-lending                   ✓ ✗ ✗ ∅ ✗ ✗ →
staff:figures                       ✓ ✗ ✗ ∅ ✗ ✗ →
staff:firm-leaves                   ✓ ✗ ✗ ∅ ✗ ✗ →
staff:hire                          ✓ ✗ ✗ ∅ ✗ ✗ →
staff:jobs                          ✓ ✗ ✗ ∅ ✗ ✗ →
staff:leaving                       ✓ ✗ ✗ ∅ ✗ ✗ →
staff:lend                          ✓ ✗ ✗ ∅ ✗ ✗ →
staff:list                          ✓ ✗ ✗ ∅ ✗ ✗ →
staff:new                           ✓ ✗ ✗ ∅ ✗ ✗ →
staff:new-contract                  ✓ ✗ ✗ ∅ ✗ ✗ →
staff:notice                        ✓ ✗ ✗ ∅ ✗ ✗ →
staff:opinion                       ✓ ✗ ✗ ∅ ✗ ✗ →
staff:our-document                  ✗ ✓ ✗ ∅ ∅ ✗ →
staff:our-lending                   ✗ ✓ ✗ ∅ ∅ ✗ →
staff:our-opinion                   ✗ ✓ ✗ ∅ ∅ ✗ →
staff:ours                          ✗ ✓ ✗ ∅ ✓ ✗ →
staff:paper                         ✓ ✗ ✗ ∅ ✗ ✗ →
staff:paper-document                ✓ ✗ ✗ ∅ ✗ ✗ →
staff:remove                        P P P ∅ P P →
staff:remove-figure                 P P P ∅ P P →
staff:renew-contract                ✓ ✗ ✗ ∅ ✗ ✗ →
staff:renew-trial                   ✓ ✗ ✗ ∅ ✗ ✗ →
staff:scan-paper                    ✓ ✗ ✗ ∅ ✗ ✗ →
staff:scanned                       ✓ ✗ ✗ ∅ ✗ ✗ →
staff:send-paper                    P P P ∅ P P →
staff:sign-paper                    ✓ ✗ ✗ ∅ ✗ ✗ →
staff:worker                        ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:ask                         ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:cross                       ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:enter                       P P P ∅ P P →
surveys:firm                        ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:firms                       ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:import                      ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:import-apply                P P P ∅ P P →
surveys:import-columns              ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:import-discard              P P P ∅ P P →
surveys:import-undo                 P P P ∅ P P →
surveys:imports                     ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:last-day                    ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:list                        ✓ ✓ ✗ ∅ ✓ ✗ →
surveys:new                         ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:new-link                    P P P ∅ P P →
surveys:open-paper                  ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:paper                       ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:progress                    ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:prospects                   ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:refusal                     ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:remind                      ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:results                     ✓ ✓ ✗ ∅ ✓ ✗ →
surveys:survey                      ✓ ✗ ✗ ∅ ✗ ✗ →
surveys:write                       P P P ∅ P P →
trust:accept-introduction           P P P ∅ P P →
trust:agree-lift                    P P P ∅ P P →
trust:ask-introduction              ✗ ✗ ✗ ∅ ∅ ✗ →
trust:competitors                   ✓ ✓ ✗ ∅ ✓ ✗ →
trust:confirm-competitors           P P P ∅ P P →
trust:consents                      ✗ ✓ ✗ ∅ ✓ ✗ →
trust:dismiss-competitors           P P P ∅ P P →
trust:end-competitors               P P P ∅ P P →
trust:end-introduction              P P P ∅ P P →
trust:end-lift                      P P P ∅ P P →
trust:figures                       ✓ ✓ ✗ ∅ ✓ ✓ →
trust:give-consent                  P P P ∅ P P →
trust:introductions                 ✗ ✓ ✗ ∅ ✓ ✗ →
trust:levels                        ✗ ✓ ✗ ∅ ✓ ✗ →
trust:levels-of                     ✓ ✗ ✗ ∅ ✗ ✗ →
trust:lifts                         ✗ ✓ ✗ ∅ ✓ ✗ →
trust:pledge                        ✓ ✓ ✓ ∅ ✓ ✓ →
trust:pledge-text                   ✓ ✗ ✗ ∅ ✗ ✗ →
trust:propose-lift                  ✓ ✗ ✗ ∅ ✗ ✗ →
trust:reads                         ✗ ✓ ✗ ∅ ✓ ✗ →
trust:settle-claim                  ✓ ✗ ✗ ∅ ✗ ✗ →
trust:suggest-competitors           P P P ∅ P P →
trust:withdraw-claim                P P P ∅ P P →
trust:withdraw-consent              P P P ∅ P P →
ui:language                         → → → → → → →
usersessions_list                   ✓ ✓ ✓ ✓ ✓ ✓ →
voice:ask-meeting                   ✓ ✓ ✓ ✓ ✓ ✓ ✓
voice:elect                         ✓ ∅ ∅ ∅ ∅ ∅ →
voice:end-mandate                   P P P ∅ P P →
voice:grievance                     ✓ ∅ ∅ ∅ ∅ ∅ →
voice:home                          ✓ ∅ ∅ ∅ ∅ ∅ →
voice:known                         ✓ ✓ ✓ ✓ ✓ ✓ ✓
voice:meeting                       ✓ ∅ ∅ ∅ ∅ ∅ →
voice:own                           ✓ ✓ ✓ ✓ ✓ ✓ ✓
voice:own-grievance                 ✓ ✓ ✓ ✓ ✓ ✓ ✓
voice:say                           ✓ ✓ ✓ ✓ ✓ ✓ ✓
voice:settle                        P P P P P P P
voice:support                       P P P P P P P
voice:unknown                       P P P P P P P
week:elsewhere                      ✗ ✓ ✗ ∅ ✓ ✗ →
week:hands                          ✗ ✓ ✗ ∅ ✓ ✗ →
week:home                           ✗ ✓ ✗ ∅ ✓ ✗ →
week:nobody                         P P P ∅ P P →
week:people                         ✗ ✓ ✗ ∅ ✓ ✗ →
week:remove-hand                    P P P ∅ P P →
week:withdraw                       P P P ∅ P P →
workshop:again                      P P P ∅ P P →
workshop:compare                    ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:composition                ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:give-up                    ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:home                       ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:job                        ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:link                       ✓ ✓ ✓ ✓ ✓ ✓ ✓
workshop:mark                       P P P ∅ P P →
workshop:mine                       ✗ ✓ ✗ ∅ ✓ ✗ →
workshop:own                        ✗ ✓ ✗ ∅ ∅ ✗ →
workshop:progress                   → ✗ ✗ ∅ ✗ ✗ →
workshop:proposals                  ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:propose                    ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:report                     ✓ ✗ ✗ ∅ ✗ ✗ →
workshop:search                     P P P ∅ P P →
workshop:stop                       P P P ∅ P P →
workshop:write                      P P P ∅ P P →
"""


def expected() -> dict[str, str]:
    """Return the table: name of the address → one sign per person."""
    lines = [line.split() for line in TABLE.strip().splitlines() if line.strip()]
    return {line[0]: "".join(line[1:]) for line in lines}


@pytest.fixture
def world(usual_world: World, db: None) -> World:
    return deepcopy(usual_world)


def test_every_address_is_in_the_table() -> None:
    assert sorted(expected()) == [address.name for address in every_address()]


@pytest.mark.parametrize("area", areas())
def test_each_person_opens_what_the_table_says(world: World, area: str) -> None:
    """Of the ways to fill an address in, the table tells the first; none may break for anybody."""
    everything = doors(world, area)
    found: dict[str, str] = defaultdict(str)
    opened: set[str] = set()
    broken: list[str] = []
    for who in (*PEOPLE, "keeper"):
        client = browser_of(world, who)
        answers = [(door, client.get(door.url).status_code) for door in everything]
        broken += [f"{door} as {who}: {status}" for door, status in answers if status >= 500]
        # A page, a redirection, a refusal, or what is only posted to.
        opened |= {door.name for door, status in answers if status != 404}
        if who in PEOPLE:
            first = {door.name: status for door, status in reversed(answers)}
            for name, status in first.items():
                found[name] += SIGNS.get(status, "?")
    assert not broken, "\n".join(broken)
    addresses = {address.name for address in every_address() if area_of(address) == area}
    assert found == {name: signs for name, signs in expected().items() if name in addresses}
    assert addresses - opened <= ONLY_IN_A_DEMONSTRATION


@override_settings(DEMO_LINKS=True)
def test_links_of_a_demonstration_sign_in(world: World, visitor: Client) -> None:
    url = reverse("account:demonstration", args=[world.things["demonstration token"]])
    assert visitor.get(url).status_code == 200
    assert visitor.post(url).status_code == 302
    assert visitor.get(reverse("account:home")).status_code == 200


@pytest.mark.parametrize("who", ["denis", "farid", "visitor"])
def test_writing_is_refused_to_whoever_may_not_read(world: World, who: str) -> None:
    """A POST never opens what a GET hides. Farid proposes objectives and revises his own."""
    client = browser_of(world, who)
    open_to_all = ("account", "account_", "mfa_", "usersessions_", "ui:", "desk:stop", "front:")
    answers = {
        str(door): client.post(door.url).status_code
        for door in doors(world)
        if door.url.startswith("/n/") and not door.name.startswith(open_to_all)
    }
    allowed = {"farid": {"governance:propose", "governance:revise", "trust:pledge"}}.get(who, set())
    wrong = {
        name: status
        for name, status in answers.items()
        if status not in {302, 403, 404, 405} and name.split(" ")[0] not in allowed
    }
    assert wrong == {}
