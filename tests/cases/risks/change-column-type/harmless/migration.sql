alter table t
    alter a type varchar(20),
    alter b type text,
    alter c type varchar,
    alter d type numeric(12, 2),
    alter e type numeric,
    alter f type timestamp(3),
    alter g type time,
    alter h type interval(3),
    alter i type varbit(8),
    alter j type inet,
    alter k type varchar,
    alter l type text,
    alter n type varchar[],
    alter o type oid;
alter table t alter column k type text using k::text;
