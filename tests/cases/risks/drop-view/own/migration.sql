create view totals as select 1 as total;
drop view totals;
