-- The functions of pgcrypto by name, arguments and volatility. The values are made up (nothing is
-- encrypted): a rehearsal throws its rows away.

CREATE FUNCTION digest(text, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN CASE lower($2)
    WHEN 'md5' THEN decode(md5($1), 'hex')
    WHEN 'sha224' THEN sha224(convert_to($1, 'UTF8'))
    WHEN 'sha384' THEN sha384(convert_to($1, 'UTF8'))
    WHEN 'sha512' THEN sha512(convert_to($1, 'UTF8'))
    ELSE sha256(convert_to($1, 'UTF8'))
END;

CREATE FUNCTION digest(bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN CASE lower($2)
    WHEN 'md5' THEN decode(md5($1), 'hex')
    WHEN 'sha224' THEN sha224($1)
    WHEN 'sha384' THEN sha384($1)
    WHEN 'sha512' THEN sha512($1)
    ELSE sha256($1)
END;

CREATE FUNCTION hmac(text, text, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN sha256(convert_to($2 || $1 || $3, 'UTF8'));

CREATE FUNCTION hmac(bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN sha256($2 || $1);

CREATE FUNCTION crypt(text, text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $2 || md5($1);

CREATE FUNCTION gen_salt(text) RETURNS text
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN '$2a$06$' || left(md5(gen_random_uuid()::text), 22);

CREATE FUNCTION gen_salt(text, int4) RETURNS text
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN '$2a$06$' || left(md5(gen_random_uuid()::text), 22);

CREATE FUNCTION encrypt(bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION encrypt_iv(bytea, bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION decrypt(bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION decrypt_iv(bytea, bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION gen_random_bytes(int4) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN substring(
    sha512(convert_to(gen_random_uuid()::text, 'UTF8'))
    || decode(repeat('00', greatest($1 - 64, 0)), 'hex') FROM 1 FOR $1
);

CREATE FUNCTION gen_random_uuid() RETURNS uuid
VOLATILE PARALLEL SAFE LANGUAGE sql
RETURN pg_catalog.gen_random_uuid();

CREATE FUNCTION pgp_sym_encrypt(text, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_to($1, 'UTF8');

CREATE FUNCTION pgp_sym_decrypt(bytea, text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_from($1, 'UTF8');

CREATE FUNCTION pgp_sym_encrypt_bytea(bytea, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_sym_decrypt_bytea(bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_sym_encrypt(text, text, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_to($1, 'UTF8');

CREATE FUNCTION pgp_sym_decrypt(bytea, text, text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_from($1, 'UTF8');

CREATE FUNCTION pgp_sym_encrypt_bytea(bytea, text, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_sym_decrypt_bytea(bytea, text, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_pub_encrypt(text, bytea) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_to($1, 'UTF8');

CREATE FUNCTION pgp_pub_encrypt_bytea(bytea, bytea) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_pub_encrypt(text, bytea, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_to($1, 'UTF8');

CREATE FUNCTION pgp_pub_encrypt_bytea(bytea, bytea, text) RETURNS bytea
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_from($1, 'UTF8');

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea, text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_from($1, 'UTF8');

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea, text, text) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN convert_from($1, 'UTF8');

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea, text, text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN $1;

CREATE FUNCTION pgp_key_id(bytea) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN upper(left(md5($1), 16));

CREATE FUNCTION armor(bytea) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN encode($1, 'base64');

CREATE FUNCTION armor(bytea, text[], text[]) RETURNS text
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN encode($1, 'base64');

CREATE FUNCTION dearmor(text) RETURNS bytea
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN decode($1, 'base64');

CREATE FUNCTION pgp_armor_headers(text, OUT key text, OUT value text) RETURNS SETOF record
IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
AS $$ SELECT ''::text, ''::text WHERE false $$;

CREATE FUNCTION fips_mode() RETURNS bool
VOLATILE STRICT PARALLEL SAFE LANGUAGE sql
RETURN false;
