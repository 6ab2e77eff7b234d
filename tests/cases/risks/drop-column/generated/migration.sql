alter table orders drop column gross;
