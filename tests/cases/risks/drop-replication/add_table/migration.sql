alter publication pub add table orders;
