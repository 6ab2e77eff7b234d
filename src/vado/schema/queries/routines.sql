-- Functions, procedures, aggregates, and what calls them: triggers, rules, policies.

-- name: functions
select
    case p.prokind when 'p' then 'procedure' else 'function' end as kind,
    p.oid,
    p.oid::regprocedure::text as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(p.proowner) as owner,
    pg_get_function_arguments(p.oid) as arguments,
    case when p.prokind <> 'p' then pg_get_function_result(p.oid) end as returns,
    l.lanname as language,
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' end as volatility,
    p.proisstrict as strict,
    p.prosecdef as security_definer,
    p.proleakproof as leakproof,
    p.prokind = 'w' as window_function,
    case p.proparallel when 's' then 'safe' when 'r' then 'restricted' end as parallel,
    p.procost::text as cost,
    nullif(p.prorows, 0)::text as rows,
    nullif(p.prosupport, 0)::regproc::text as support,
    p.proconfig as settings,
    array(select format_type(t, null) from unnest(p.protrftypes) as t) as transforms,
    coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as body,
    p.probin as library,
    pg_get_functiondef(p.oid) as definition,
    md5(concat_ws(
        '/', p.proargtypes, p.proallargtypes, p.proargmodes, p.proargnames, p.prorettype,
        p.proargdefaults, p.prosrc, p.prosqlbody, p.probin, p.prosupport::oid, p.protrftypes
    )) as stored
from pg_catalog.pg_proc as p
inner join pg_catalog.pg_namespace as n on p.pronamespace = n.oid
inner join pg_catalog.pg_language as l on p.prolang = l.oid
where
    p.prokind <> 'a'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where
            e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype in ('e', 'i')
    );

-- name: aggregates
select
    p.oid,
    p.oid::regprocedure::text as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(p.proowner) as owner,
    pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_result(p.oid) as returns,
    case a.aggkind when 'o' then 'ordered_set' when 'h' then 'hypothetical' end as aggregate_kind,
    case p.proparallel when 's' then 'safe' when 'r' then 'restricted' end as parallel,
    a.aggtransfn::text as transition_function,
    format_type(a.aggtranstype, null) as transition_type,
    nullif(a.aggtransspace, 0) as transition_space,
    nullif(a.aggfinalfn, 0)::regproc::text as final_function,
    a.aggfinalextra as final_extra,
    a.aggfinalmodify::text as final_modify,
    nullif(a.aggcombinefn, 0)::regproc::text as combine_function,
    nullif(a.aggserialfn, 0)::regproc::text as serial_function,
    nullif(a.aggdeserialfn, 0)::regproc::text as deserial_function,
    a.agginitval as initial_value,
    nullif(a.aggmtransfn, 0)::regproc::text as moving_function,
    nullif(a.aggminvtransfn, 0)::regproc::text as moving_inverse_function,
    nullif(a.aggmfinalfn, 0)::regproc::text as moving_final_function,
    a.aggmfinalextra as moving_final_extra,
    a.aggmfinalmodify::text as moving_final_modify,
    case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end
        as moving_transition_type,
    nullif(a.aggmtransspace, 0) as moving_transition_space,
    a.aggminitval as moving_initial_value,
    case
        when a.aggsortop <> 0
            then (
                select quote_ident(sn.nspname) || '.' || o.oprname
                from pg_catalog.pg_operator as o
                inner join pg_catalog.pg_namespace as sn on o.oprnamespace = sn.oid
                where o.oid = a.aggsortop
            )
    end as sort_operator,
    md5(concat_ws('/', p.proargtypes, p.proallargtypes, p.proargnames, p.prorettype,
        a.aggtransfn::oid, a.aggtranstype, a.aggfinalfn::oid, a.aggcombinefn::oid,
        a.aggserialfn::oid, a.aggdeserialfn::oid, a.aggmtransfn::oid, a.aggminvtransfn::oid,
        a.aggmfinalfn::oid, a.aggmtranstype, a.aggsortop)) as stored
from pg_catalog.pg_proc as p
inner join pg_catalog.pg_namespace as n on p.pronamespace = n.oid
inner join pg_catalog.pg_aggregate as a on p.oid = a.aggfnoid
where
    p.prokind = 'a'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e'
    );

-- name: triggers
select
    t.oid,
    t.tgrelid,
    quote_ident(t.tgname) as name,
    pg_get_triggerdef(t.oid) as definition,
    case t.tgenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
        as enabled,
    t.tgfoid::regproc::text as function,
    above.tgrelid as parent_relation,
    quote_ident(above.tgname) as parent_name,
    concat_ws(
        ' ', t.tgrelid, t.tgfoid, t.tgtype, t.tgattr, t.tgdeferrable, t.tginitdeferred,
        t.tgconstrrelid, t.tgoldtable, t.tgnewtable, encode(t.tgargs, 'hex'), md5(t.tgqual::text)
    ) as stored
from pg_catalog.pg_trigger as t
inner join pg_catalog.pg_class as c on t.tgrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
left join pg_catalog.pg_trigger as above on t.tgparentid = above.oid
where
    -- Before PostgreSQL 15 what a partition has from the whole was called internal.
    (not t.tgisinternal or (t.tgparentid <> 0 and not above.tgisinternal))
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_trigger'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: rules
select
    r.oid,
    r.ev_class,
    quote_ident(r.rulename) as name,
    pg_get_ruledef(r.oid) as definition,
    case r.ev_enabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
        as enabled,
    md5(concat_ws('/', r.ev_class, r.ev_type, r.is_instead, r.ev_qual, r.ev_action)) as stored
from pg_catalog.pg_rewrite as r
inner join pg_catalog.pg_class as c on r.ev_class = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
where
    r.rulename <> '_RETURN'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_rewrite'::regclass and e.objid = r.oid and e.deptype = 'e'
    );

-- name: policies
select
    p.oid,
    p.polrelid,
    quote_ident(p.polname) as name,
    case p.polcmd
        when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
        when 'd' then 'delete' else 'all'
    end as command,
    not p.polpermissive as restrictive,
    array(
        select case when role_oid = 0 then 'public' else quote_ident(r.rolname) end
        from unnest(p.polroles) as role_oid
        left join pg_catalog.pg_roles as r on role_oid = r.oid
        order by 1
    ) as roles,
    pg_get_expr(p.polqual, p.polrelid) as "using",
    pg_get_expr(p.polwithcheck, p.polrelid) as with_check,
    md5(concat_ws('/', p.polqual, p.polwithcheck)) as stored
from pg_catalog.pg_policy as p
inner join pg_catalog.pg_class as c on p.polrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control');

-- name: event_triggers
select
    t.oid,
    quote_ident(t.evtname) as identity,
    pg_get_userbyid(t.evtowner) as owner,
    t.evtevent as event,
    t.evttags as tags,
    case t.evtenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end
        as enabled,
    t.evtfoid::regproc::text as function,
    concat_ws(' ', t.evtfoid) as stored
from pg_catalog.pg_event_trigger as t
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_event_trigger'::regclass and e.objid = t.oid and e.deptype = 'e'
);
