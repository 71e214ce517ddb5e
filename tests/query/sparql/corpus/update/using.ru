PREFIX : <http://e/>
WITH :g DELETE { ?s ?p ?o } INSERT { GRAPH ?g { ?o :back ?s } } USING :g USING NAMED :h WHERE { ?s ?p ?o OPTIONAL { GRAPH ?g { ?s :r ?z } } FILTER(ISIRI(?o)) }
