alter publication pub set table orders;
