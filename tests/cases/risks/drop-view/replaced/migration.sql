drop view totals;
create view totals as select 1 as total;
