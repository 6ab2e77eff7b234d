create trigger stamp before update on orders for each row execute function touch();
