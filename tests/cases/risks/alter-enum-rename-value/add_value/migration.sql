alter type mood add value 'sleepy';
