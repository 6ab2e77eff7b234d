"""What the calls about endpoints do, and how a client finds its way to one."""

from typing import Any
from urllib.parse import quote

from tests.neon_stub.project import Project
from tests.neon_stub.records import Branch, Endpoint, Refused
from tests.neon_stub.registry import Answer, Request, call


@call("listProjectBranchEndpoints")
def branch_endpoints(project: Project, request: Request) -> Answer:
    found = project.endpoints_of(project.branch(request.branch_id))
    return 200, {"endpoints": [project.shown_endpoint(e) for e in found]}


@call("listProjectEndpoints")
def endpoints(project: Project, _request: Request) -> Answer:
    return 200, {"endpoints": [project.shown_endpoint(e) for e in project.endpoints.values()]}


@call("getProjectEndpoint")
def endpoint(project: Project, request: Request) -> Answer:
    found = project.endpoint(request.path["endpoint_id"])
    return 200, {"endpoint": project.shown_endpoint(found)}


@call("createProjectEndpoint")
def create_endpoint(project: Project, request: Request) -> Answer:
    told = dict(request.body["endpoint"])
    found = project.branch(told["branch_id"])
    project.require_idle(found)
    if told["type"] != "read_write":
        raise Refused(422, "this stand-in makes no read-only endpoints")
    made = project.add_endpoint(found, **told)
    return 201, _with_work(project, made, "start_compute")


@call("startProjectEndpoint")
def start(project: Project, request: Request) -> Answer:
    found = project.endpoint(request.path["endpoint_id"])
    if found.disabled:
        raise Refused(422, "endpoint is disabled")
    return _restarted(project, found, "start_compute")


@call("suspendProjectEndpoint")
def suspend(project: Project, request: Request) -> Answer:
    return _restarted(project, project.endpoint(request.path["endpoint_id"]), "suspend_compute")


@call("restartProjectEndpoint")
def restart(project: Project, request: Request) -> Answer:
    found = project.endpoint(request.path["endpoint_id"])
    project.branches[found.branch_id].timeline.stop()
    return _restarted(project, found, "start_compute")


def _restarted(project: Project, endpoint: Endpoint, action: str) -> Answer:
    branch = project.branches[endpoint.branch_id]
    project.require_idle(branch)
    if action == "start_compute":
        branch.timeline.start()
    else:
        branch.timeline.stop()
    return 200, _with_work(project, endpoint, action)


def _with_work(project: Project, endpoint: Endpoint, action: str) -> dict[str, Any]:
    work = project.begin(action, project.branches[endpoint.branch_id], endpoint)
    return {
        "endpoint": project.shown_endpoint(endpoint),
        "operations": project.shown_work([work]),
    }


# Connecting


@call("getConnectionURI")
def connection_uri(project: Project, request: Request) -> Answer:
    query = request.query
    if "endpoint_id" in query:
        asked = project.endpoint(query["endpoint_id"])
        found = project.branches[asked.branch_id]
    else:
        found = project.branch(query.get("branch_id"))
        there = project.endpoints_of(found)
        if not there:
            raise Refused(404, "the branch has no endpoint")
        asked = there[0]
    if query["role_name"] not in found.passwords:
        raise Refused(404, "role not found")
    if query["database_name"] not in {d["name"] for d in project.shown_databases(found)}:
        raise Refused(404, "database not found")
    pooled = query.get("pooled") == "true"
    role, database = query["role_name"], query["database_name"]
    return 200, {"uri": uri(project, asked, role, database, request.front, pooled=pooled)}


def uri(
    project: Project,
    endpoint: Endpoint,
    role: str,
    database: str,
    front: tuple[str, int],
    *,
    pooled: bool = False,
) -> str:
    """Return how the endpoint is reached: names of Neon's lead nowhere here, so by its option."""
    word = project.branches[endpoint.branch_id].passwords[role]
    who = f"{quote(role)}:{quote(word)}" if project.faults.store_passwords else quote(role)
    name = endpoint.id + ("-pooler" if pooled else "")
    return (
        f"postgresql://{who}@{front[0]}:{front[1]}/{quote(database)}"
        f"?sslmode=require&channel_binding=require&options=endpoint%3D{name}"
    )


def details(
    project: Project, branch: Branch, endpoint: Endpoint, database: str, front: tuple[str, int]
) -> dict[str, Any]:
    role, password = next(iter(branch.passwords.items()))
    return {
        "connection_uri": uri(project, endpoint, role, database, front),
        "connection_parameters": {
            "database": database,
            "password": password,
            "role": role,
            "host": endpoint.host,
            "pooler_host": endpoint.host.replace(endpoint.id, f"{endpoint.id}-pooler", 1),
        },
    }
