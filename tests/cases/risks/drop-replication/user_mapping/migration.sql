drop user mapping for app server far;
