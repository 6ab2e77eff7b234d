drop policy own_rows on orders;
