create type kept as range (subtype = text, collation = "C");

create type span as range (subtype = float4);
