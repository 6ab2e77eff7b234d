create table t (id int primary key);

comment on table t is E'it''s; -- not a comment\n/* neither */ $$ \\ "x" %s %(a)s :x {y} ñ 漢 <img onerror=alert(1)>';
