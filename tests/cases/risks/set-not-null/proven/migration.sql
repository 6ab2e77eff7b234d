alter table orders
    alter total set not null,
    alter net set not null,
    alter tax set not null;
