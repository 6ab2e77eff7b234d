create domain code as text;
create table t (
    a varchar(10), b varchar(10), c varchar(10), d numeric(10, 2), e numeric(10, 2),
    f timestamp(0), g time(2), h interval(1), i varbit(4), j cidr, k text, l code, m text[],
    n varchar(5)[], o integer
);
