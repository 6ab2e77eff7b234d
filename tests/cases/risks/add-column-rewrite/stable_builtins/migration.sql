alter table t add column a text default to_char(now(), 'YYYY'), add column b jsonb default jsonb_build_object('a', 1), add column c bigint default txid_current();
