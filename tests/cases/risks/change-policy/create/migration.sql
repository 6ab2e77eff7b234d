create policy own_rows on orders using (clerk = current_user);
