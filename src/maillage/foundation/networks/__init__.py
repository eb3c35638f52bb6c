"""Networks, the tenants: members, roles, modules, decisions, objectives, start conditions."""
