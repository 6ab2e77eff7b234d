alter sequence numbers restart;
