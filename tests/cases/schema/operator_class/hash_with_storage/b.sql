create operator class h for type uuid using hash as operator 1 =, function 1 uuid_hash(uuid);
create operator class g for type int[] using gin as
    operator 1 &&(anyarray, anyarray), function 1 btint4cmp(int, int), function 2 ginarrayextract(anyarray, internal, internal),
    function 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
    function 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal), storage int;
