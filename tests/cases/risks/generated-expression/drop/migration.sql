alter table orders alter gross drop expression;
