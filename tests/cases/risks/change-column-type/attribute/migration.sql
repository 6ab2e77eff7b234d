alter type used alter attribute a type varchar(5);
alter type unused alter attribute a type varchar(5);
create type own as (a text);
alter type own alter attribute a type varchar(5);
