create table "ññññññññññññññññññññññññññññññññ" (id bigint);
