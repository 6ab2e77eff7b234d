alter table customers
    add column mail text,
    drop column phone;
