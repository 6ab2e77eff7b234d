"""What the calls about a project, its operations and its branches do."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.neon_stub.computes import details
from tests.neon_stub.project import Project, new_password
from tests.neon_stub.records import Branch, Refused, read_time, shown
from tests.neon_stub.registry import Answer, Request, call

_LONGEST_LIFE = timedelta(days=30)


@call("getAuthDetails")
def auth(_project: Project, _request: Request) -> Answer:
    return 200, {"account_id": "org-test", "auth_method": "api_key_org", "auth_data": "key-test"}


@call("getProject")
def project(project: Project, _request: Request) -> Answer:
    return 200, {"project": project.to_json()}


# Operations


@call("getProjectOperation")
def operation(project: Project, request: Request) -> Answer:
    work = project.work.get(request.path["operation_id"])
    if work is None:
        raise Refused(404, "operation not found")
    return 200, {"operation": work.to_json()}


@call("listProjectOperations")
def operations(project: Project, request: Request) -> Answer:
    latest_first = list(reversed(project.work.values()))
    page, cursor = _page(latest_first, request.query)
    told: dict[str, Any] = {"operations": project.shown_work(page)}
    return 200, told | ({"pagination": {"cursor": cursor}} if cursor else {})


def _page(items: list[Any], query: Mapping[str, str]) -> tuple[list[Any], str | None]:
    try:
        begin = int(base64.b64decode(query.get("cursor", "MA==")))
    except ValueError:
        raise Refused(400, "invalid cursor") from None
    end = begin + int(query.get("limit", 100))
    more = base64.b64encode(str(end).encode()).decode() if end < len(items) else None
    return items[begin:end], more


# Branches


@call("listProjectBranches")
def branches(project: Project, request: Request) -> Answer:
    query = request.query
    found = _searched(project, query)
    by_name = query.get("sort_by") == "name"
    found.sort(
        key=lambda b: b.name if by_name else shown(b.created_at),
        reverse=query.get("sort_order", "desc") == "desc",
    )
    page, cursor = _page(found, query)
    pagination = {
        "sort_by": query.get("sort_by", "updated_at"),
        "sort_order": query.get("sort_order", "desc"),
    }
    return 200, {
        "branches": [project.shown_branch(b) for b in page],
        "annotations": {b.id: _annotation(b) for b in page if b.annotation},
        "pagination": pagination | ({"next": cursor} if cursor else {}),
    }


@call("countProjectBranches")
def count_branches(project: Project, request: Request) -> Answer:
    return 200, {"count": len(_searched(project, request.query))}


def _searched(project: Project, query: Mapping[str, str]) -> list[Branch]:
    text = query.get("search", "")
    return [b for b in project.branches.values() if text in b.name or text in b.id]


@call("getProjectBranch")
def branch(project: Project, request: Request) -> Answer:
    found = project.branch(request.branch_id)
    return 200, {"branch": project.shown_branch(found), "annotation": _annotation(found)}


def _annotation(branch: Branch) -> dict[str, Any]:
    return {"object": {"type": "console/branch", "id": branch.id}, "value": branch.annotation}


@call("createProjectBranch")
def create_branch(project: Project, request: Request) -> Answer:
    told = request.body.get("branch", {})
    parent = project.branch(told.get("parent_id"))
    project.require_idle(parent)
    project.require_room()
    made = _branched(project, parent, told)
    made.annotation = dict(request.body.get("annotation_value", {}))
    project.add(made)
    work = [project.begin("create_branch", made)]
    endpoints = []
    for options in request.body.get("endpoints", ()):
        endpoint = project.add_endpoint(made, **options)
        endpoints.append(endpoint)
        work.append(project.begin("start_compute", made, endpoint))
    at_head = not told.keys() & {"parent_lsn", "parent_timestamp"}
    databases = project.shown_databases(made, parent.timeline if at_head else None)
    answer = {
        "branch": project.shown_branch(made),
        "endpoints": [project.shown_endpoint(e) for e in endpoints],
        "operations": project.shown_work(work),
        "roles": project.shown_roles(made),
        "databases": databases,
    }
    if endpoints and len(databases) == 1 and len(made.passwords) == 1:
        answer["connection_uris"] = [
            details(project, made, endpoints[0], databases[0]["name"], request.front)
        ]
    return 201, answer


def _branched(project: Project, parent: Branch, told: Mapping[str, Any]) -> Branch:
    name = told.get("name") or f"branch-{len(project.branches)}"
    project.require_free_name(name)
    schema_only = told.get("init_source") == "schema-only"
    if parent.expires_at is not None:
        raise Refused(422, "cannot create a child branch of a branch that expires")
    lsn, moment = told.get("parent_lsn"), told.get("parent_timestamp")
    timestamp = read_time(moment) if moment else None
    expires_at = _expiry(project, told.get("expires_at"))
    if told.get("protected") and expires_at:
        raise Refused(422, "a protected branch cannot expire")
    source = project.moment(parent, lsn, timestamp)
    made = Branch(
        project.id,
        name,
        project.copy(source),
        project.now(),
        parent_id=None if schema_only else parent.id,
        parent_lsn=None if schema_only else lsn or parent.timeline.lsn(),
        parent_timestamp=timestamp,
        init_source=told.get("init_source", "parent-data"),
        protected=told.get("protected", False),
        passwords=dict(parent.passwords),
    )
    _set_expiry(project, made, expires_at)
    if schema_only:
        project.replaced.add(made.id)
        made.timeline.empty([d["name"] for d in project.shown_databases(made)])
    if parent.protected:
        # A child of a protected branch must not open with what opens its parent.
        for role in made.passwords:
            made.passwords[role] = new_password()
            made.timeline.set_password(role, made.passwords[role])
        made.timeline.stop()
    return made


def _expiry(project: Project, text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = read_time(text).astimezone(UTC)
    if not project.now() < moment <= project.now() + _LONGEST_LIFE:
        raise Refused(422, "expires_at must be in the future, and at most 30 days from now")
    return moment


def _set_expiry(project: Project, branch: Branch, expires_at: datetime | None) -> None:
    branch.expires_at = expires_at
    branch.ttl_s = int((expires_at - project.now()).total_seconds()) if expires_at else None


@call("updateProjectBranch")
def update_branch(project: Project, request: Request) -> Answer:
    found = project.branch(request.branch_id)
    project.require_idle(found)
    told = request.body["branch"]
    if "expires_at" in told:
        expires_at = _expiry(project, told["expires_at"])
        if expires_at and (found.default or found.protected or project.children(found)):
            raise Refused(422, "a default, protected or parent branch cannot expire")
        _set_expiry(project, found, expires_at)
    if told.get("name", found.name) != found.name:
        project.require_free_name(told["name"])
        found.name = told["name"]
    found.protected = told.get("protected", found.protected)
    return 200, {"branch": project.shown_branch(found), "operations": []}


@call("deleteProjectBranch")
def delete_branch(project: Project, request: Request) -> Answer:
    if request.branch_id in project.deleted:
        return 204, None
    found = project.branch(request.branch_id)
    project.require_idle(found)
    if found.default:
        raise Refused(422, "cannot delete the default branch")
    if found.protected:
        raise Refused(422, "cannot delete a protected branch")
    if project.children(found):
        raise Refused(422, "cannot delete a branch that has children")
    if found.is_root and found.restore_status is None and not project.was_replaced(found):
        raise Refused(422, "cannot delete the root branch of the project")
    work = [project.begin("suspend_compute", found, e) for e in project.endpoints_of(found)]
    work.append(project.begin("delete_timeline", found))
    answer = {"branch": project.shown_branch(found), "operations": project.shown_work(work)}
    if work[-1].outcome == "finished":
        project.remove(found)
    return 200, answer


@call("setDefaultProjectBranch")
def set_default(project: Project, request: Request) -> Answer:
    found = project.branch(request.branch_id)
    if found.expires_at:
        raise Refused(422, "a branch that expires cannot be the default branch")
    for each in project.branches.values():
        each.default = each is found
    return 200, {"branch": project.shown_branch(found), "operations": []}


@call("listProjectBranchDatabases")
def databases(project: Project, request: Request) -> Answer:
    return 200, {"databases": project.shown_databases(project.branch(request.branch_id))}


@call("listProjectBranchRoles")
def roles(project: Project, request: Request) -> Answer:
    return 200, {"roles": project.shown_roles(project.branch(request.branch_id))}


@call("getProjectBranchRolePassword")
def password(project: Project, request: Request) -> Answer:
    if not project.faults.store_passwords:
        raise Refused(412, "storing of passwords is disabled")
    known = project.branch(request.branch_id).passwords
    if request.path["role_name"] not in known:
        raise Refused(404, "role not found")
    return 200, {"password": known[request.path["role_name"]]}
