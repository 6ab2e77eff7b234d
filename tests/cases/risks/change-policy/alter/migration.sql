alter policy own_rows on orders using (true);
