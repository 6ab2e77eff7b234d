create subscription feed connection 'host=a password=secret' publication p;
