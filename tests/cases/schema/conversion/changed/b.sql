create default conversion mine for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
alter conversion mine owner to case_owner;
