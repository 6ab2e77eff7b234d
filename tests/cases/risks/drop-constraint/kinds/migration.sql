alter table orders drop constraint fk, drop constraint c;
alter table customers drop constraint pk, drop constraint once;
