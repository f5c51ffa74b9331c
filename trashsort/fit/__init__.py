"Train, export and improve networks: needs the train extra."
