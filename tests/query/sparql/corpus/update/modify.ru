PREFIX e: <http://example.org/>
WITH e:g DELETE { ?s ?p ?o } INSERT { GRAPH e:h { ?s ?p [ e:x ( 1 2 true ) ] } } WHERE { { SELECT * { ?s ?p ?o } } UNION { VALUES (?s ?p) { (e:a UNDEF) } } MINUS { ?s a e:C } } ;
LOAD SILENT <file:///x> INTO GRAPH e:g ; CLEAR ALL
