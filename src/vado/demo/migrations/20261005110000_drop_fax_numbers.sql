-- Loses data: the numbers that are there are gone for good; going back restores the column, not
-- what was in it.

-- migrate:up
alter table customers drop column fax;

-- migrate:down
alter table customers add column fax text;
