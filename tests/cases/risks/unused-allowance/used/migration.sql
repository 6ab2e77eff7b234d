-- vado: allow=drop-column,cascade reason="empty since 2024"
alter table orders drop column a cascade;
