alter table c alter id drop not null;
