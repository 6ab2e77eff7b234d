create table days (day date) partition by range (day); create table rest partition of days default; create table old partition of days for values from ('2000-01-01') to ('2001-01-01');
