"""Snapshots, and the three ways back: instant restore, and a snapshot in one step or in two."""

from typing import Any

from tests.neon_stub.project import Project
from tests.neon_stub.records import Branch, Refused, Snapshot, Work, read_time
from tests.neon_stub.registry import Answer, Request, call

_DETACHING = "restore from snapshot on target branch is still ongoing"


@call("restoreProjectBranch")
def restore_branch(project: Project, request: Request) -> Answer:
    told = request.body
    branch = project.branch(request.branch_id)
    source = project.branch(told["source_branch_id"])
    project.require_idle(branch, source)
    moment = told.get("source_timestamp")
    lsn, timestamp = told.get("source_lsn"), read_time(moment) if moment else None
    old_name = told.get("preserve_under_name")
    _check_restore(project, branch, source, told)
    then = project.copy(project.moment(source, lsn, timestamp))
    if old_name:
        old = _set_aside(project, branch, old_name)
        if branch.parent_id is not None:
            branch.parent_id = old.id
    branch.timeline.stop()
    branch.timeline = then
    branch.last_reset_at = project.now()
    branch.passwords = dict(source.passwords)
    work = [project.begin("create_branch", branch)]
    work += [project.begin("start_compute", branch, e) for e in project.endpoints_of(branch)]
    return 200, {"branch": project.shown_branch(branch), "operations": project.shown_work(work)}


def _check_restore(project: Project, branch: Branch, source: Branch, told: Any) -> None:
    old_name = told.get("preserve_under_name")
    past = told.get("source_lsn") or told.get("source_timestamp")
    if source is branch and not past:
        raise Refused(422, "a restore to itself needs a timestamp or an LSN")
    if source is branch and branch.restore_status is not None:
        raise Refused(422, _DETACHING)
    if not old_name and (source is branch or project.children(branch)):
        raise Refused(422, "preserve_under_name is required")
    if branch.protected and source.id == branch.parent_id:
        raise Refused(422, "a protected branch cannot be reset")
    if old_name:
        project.require_free_name(old_name)
        project.require_room()


def _set_aside(project: Project, branch: Branch, name: str) -> Branch:
    """Give what *branch* holds now to a new branch, which takes over its children."""
    old = Branch(
        project.id,
        name,
        branch.timeline,
        project.now(),
        parent_id=branch.parent_id,
        parent_lsn=branch.parent_lsn,
        passwords=dict(branch.passwords),
        kept=branch.kept,
    )
    branch.kept = []
    for child in project.children(branch):
        child.parent_id = old.id
    project.replaced.add(old.id)
    project.add(old)
    return old


@call("createSnapshot")
def create_snapshot(project: Project, request: Request) -> Answer:
    query = request.query
    branch = project.branch(request.branch_id)
    project.require_idle(branch)
    if not branch.is_root:
        raise Refused(422, "snapshots can only be created from root branches")
    if len(project.snapshots) >= project.faults.snapshot_limit:
        raise Refused(422, "snapshots limit exceeded", "SNAPSHOTS_LIMIT_EXCEEDED")
    moment, expires = query.get("timestamp"), query.get("expires_at")
    source = project.moment(branch, query.get("lsn"), read_time(moment) if moment else None)
    made = Snapshot(
        query.get("name") or f"snapshot-{len(project.snapshots) + 1}",
        project.copy(source),
        branch.id,
        query.get("lsn") or branch.timeline.lsn(),
        project.now(),
        dict(branch.passwords),
        expires_at=read_time(expires) if expires else None,
    )
    project.snapshots[made.id] = made
    work = project.begin("create_timeline", branch)
    if work.outcome == "failed":
        del project.snapshots[made.id]
    return 200, {"snapshot": made.to_json(), "operations": project.shown_work([work])}


@call("listSnapshots")
def snapshots(project: Project, _request: Request) -> Answer:
    return 200, {"snapshots": [each.to_json() for each in project.snapshots.values()]}


@call("updateSnapshot")
def update_snapshot(project: Project, request: Request) -> Answer:
    found = _snapshot(project, request)
    found.name = request.body["snapshot"].get("name", found.name)
    return 200, {"snapshot": found.to_json()}


@call("deleteSnapshot")
def delete_snapshot(project: Project, request: Request) -> Answer:
    found = _snapshot(project, request)
    del project.snapshots[found.id]
    return 202, {"operations": project.shown_work([project.begin("delete_timeline")])}


def _snapshot(project: Project, request: Request) -> Snapshot:
    found = project.snapshots.get(request.path["snapshot_id"])
    if found is None:
        raise Refused(404, "snapshot not found")
    return found


@call("restoreSnapshot")
def restore_snapshot(project: Project, request: Request) -> Answer:
    snapshot = _snapshot(project, request)
    # Without a target it is the branch the snapshot was taken of, which may be an "(old)" one.
    target = project.branch(request.body.get("target_branch_id") or snapshot.source_branch_id)
    project.require_idle(target)
    project.require_room()
    name = request.body.get("name") or request.query.get("name") or f"{snapshot.name} restored"
    project.require_free_name(name)
    made = Branch(
        project.id,
        name,
        project.copy(snapshot.timeline),
        project.now(),
        restore_status="restored",
        restored_from=snapshot.id,
        restored_as=target.id,
        passwords=dict(snapshot.passwords),
    )
    project.add(made)
    work = [project.begin("create_branch", made)]
    if request.body.get("finalize_restore"):
        work += _finalize(project, made, None)
    elif project.faults.restored_with_endpoint:
        endpoint = project.add_endpoint(made)
        work.append(project.begin("start_compute", made, endpoint))
    return 200, {
        "branch": project.shown_branch(made),
        "endpoints": [project.shown_endpoint(e) for e in project.endpoints_of(made)],
        "operations": project.shown_work(work),
    }


@call("finalizeRestoreBranch")
def finalize_restore(project: Project, request: Request) -> Answer:
    branch = project.branch(request.branch_id)
    project.require_idle(branch)
    if branch.restore_status != "restored":
        raise Refused(422, "the branch was not restored from a snapshot, or is finalized already")
    name = request.body.get("name")
    if project.faults.late:
        work = [project.begin("apply_config", project.branch(branch.restored_as))]
        project.afterwards(work[0], lambda: _finalize(project, branch, name))
    else:
        work = _finalize(project, branch, name)
    return 200, {"operations": project.shown_work(work)}


def _finalize(project: Project, restored: Branch, old_name: str | None) -> list[Work]:
    """Put *restored* in the place of its target: name, computes, what it is to the project."""
    target = project.branch(restored.restored_as)
    project.require_idle(target)
    old_name = old_name or f"{target.name} (old)"
    project.require_free_name(old_name)
    for endpoint in project.endpoints_of(restored):
        del project.endpoints[endpoint.id]
    restored.name, target.name = target.name, old_name
    restored.default, target.default = target.default, False
    restored.protected, target.protected = target.protected, False
    restored.restore_status = "finalized"
    project.replaced.add(target.id)
    work = []
    for endpoint in project.endpoints_of(target):
        endpoint.branch_id = restored.id
        work.append(project.begin("start_compute", restored, endpoint))
    target.timeline.stop()
    restored.timeline.stop()
    return work or [project.begin("apply_config", restored)]
