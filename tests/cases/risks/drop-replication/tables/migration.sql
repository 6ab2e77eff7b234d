alter publication pub drop table orders;
