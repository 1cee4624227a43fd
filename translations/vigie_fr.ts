<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AccessCommand</name>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 est inutilisable&#x202f;: %2</translation>
    </message>
    <message>
        <source>That could not be written: %1</source>
        <translation>Impossible de l’écrire&#x202f;: %1</translation>
    </message>
    <message>
        <source>There is an application %1 already.</source>
        <translation>Il y a déjà une application %1.</translation>
    </message>
    <message>
        <source>There is no application %1.</source>
        <translation>Il n’y a pas d’application %1.</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>Le dossier de données&#xa0;%1 n’existe pas.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>role, application</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernière utilisation</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valable jusqu’au</translation>
    </message>
    <message>
        <source>Revoked %1</source>
        <translation>Révoqué %1</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Jusqu’à révocation</translation>
    </message>
    <message>
        <source>Expired %1</source>
        <translation>Expiré %1</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>There are no such tokens.</source>
        <translation>Il n’y a pas de tels jetons.</translation>
    </message>
    <message>
        <source>Token %1 for %2 (%3). It is shown only this once:</source>
        <translation>Jeton %1 pour %2 (%3). Il n’est affiché que cette fois&#x202f;:</translation>
    </message>
    <message>
        <source>Application %1 added.</source>
        <translation>Application %1 ajoutée.</translation>
    </message>
    <message>
        <source>Application %1 removed. It had no valid tokens.</source>
        <translation>Application %1 retirée. Elle n’avait aucun jeton valable.</translation>
    </message>
    <message numerus="yes">
        <source>Application %1 removed, and its %Ln token(s) revoked.</source>
        <translation>
            <numerusform>Application %1 retirée, et son jeton révoqué.</numerusform>
            <numerusform>Application %1 retirée, et ses %Ln jetons révoqués.</numerusform>
        </translation>
    </message>
    <message>
        <source>Token %1 was revoked already.</source>
        <translation>Le jeton %1 était déjà révoqué.</translation>
    </message>
    <message>
        <source>There is no token %1.</source>
        <translation>Il n’y a pas de jeton %1.</translation>
    </message>
    <message>
        <source>Token %1 of %2 (%3) revoked. Whoever is connected with it is disconnected.</source>
        <translation>Jeton %1 de %2 (%3) révoqué. Les clients qui l’utilisent sont déconnectés.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>There are no such events.</source>
        <translation>Il n’y a pas de tels événements.</translation>
    </message>
    <message>
        <source>Token %1 is revoked again.</source>
        <translation>Le jeton %1 est aussitôt révoqué.</translation>
    </message>
    <message>
        <source>Token %1 is valid all the same: %2</source>
        <translation>Le jeton %1 reste pourtant valide&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>AccessTexts</name>
    <message>
        <source>Viewer</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>Émetteur</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Administrateur</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Invitation</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>S’est connecté</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Sent a command</source>
        <translation>A envoyé une commande</translation>
    </message>
    <message>
        <source>Token added</source>
        <translation>Jeton ajouté</translation>
    </message>
    <message>
        <source>Token revoked</source>
        <translation>Jeton révoqué</translation>
    </message>
    <message>
        <source>Application added</source>
        <translation>Application ajoutée</translation>
    </message>
    <message>
        <source>Application removed</source>
        <translation>Application retirée</translation>
    </message>
    <message>
        <source>Disconnected by you</source>
        <translation>Déconnecté par vous</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqué</translation>
    </message>
    <message>
        <source>Unblocked</source>
        <translation>Débloqué</translation>
    </message>
    <message>
        <source>Connections at once</source>
        <translation>Connexions simultanées</translation>
    </message>
    <message>
        <source>Connections at once from one address</source>
        <translation>Connexions simultanées d’une adresse</translation>
    </message>
    <message>
        <source>New connections of one address</source>
        <translation>Nouvelles connexions d’une adresse</translation>
    </message>
    <message>
        <source>Blocked addresses</source>
        <translation>Adresses bloquées</translation>
    </message>
    <message>
        <source>Time to send the head of a request</source>
        <translation>Délai pour l’en-tête d’une requête</translation>
    </message>
    <message>
        <source>Size of the head of a request</source>
        <translation>Taille de l’en-tête d’une requête</translation>
    </message>
    <message>
        <source>Requests for another machine&apos;s name</source>
        <translation>Requêtes au nom d’une autre machine</translation>
    </message>
    <message>
        <source>Pages of another origin</source>
        <translation>Pages d’une autre origine</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>Taille d’un message</translation>
    </message>
    <message>
        <source>Time to send a message</source>
        <translation>Délai pour envoyer un message</translation>
    </message>
    <message>
        <source>Entries in a message</source>
        <translation>Entrées dans un message</translation>
    </message>
    <message>
        <source>Nesting of JSON</source>
        <translation>Imbrication du JSON</translation>
    </message>
    <message>
        <source>Messages per second of one client</source>
        <translation>Messages par seconde d’un client</translation>
    </message>
    <message>
        <source>Bytes per second of one client</source>
        <translation>Octets par seconde d’un client</translation>
    </message>
    <message>
        <source>Searches at once</source>
        <translation>Recherches simultanées</translation>
    </message>
    <message>
        <source>Unread answers</source>
        <translation>Réponses non lues</translation>
    </message>
    <message>
        <source>Failed sign-ins</source>
        <translation>Échecs de connexion</translation>
    </message>
    <message>
        <source>Time to sign in</source>
        <translation>Délai pour s’identifier</translation>
    </message>
    <message>
        <source>Access requests</source>
        <translation>Demandes d’accès</translation>
    </message>
    <message>
        <source>Every application</source>
        <translation>Toutes les applications</translation>
    </message>
    <message>
        <source>Size of a request&apos;s body</source>
        <translation>Taille du corps d’une requête</translation>
    </message>
    <message>
        <source>Idle time of an HTTP connection</source>
        <translation>Inactivité d’une connexion HTTP</translation>
    </message>
    <message>
        <source>Size of a filter</source>
        <translation>Taille d’un filtre</translation>
    </message>
    <message>
        <source>Time without reading</source>
        <translation>Temps sans rien lire</translation>
    </message>
    <message>
        <source>Memory for all clients together</source>
        <translation>Mémoire pour tous les clients ensemble</translation>
    </message>
    <message>
        <source>Messages refused before sign-in</source>
        <translation>Messages refusés avant l’identification</translation>
    </message>
    <message>
        <source>New applications</source>
        <translation>Nouvelles applications</translation>
    </message>
    <message>
        <source>A name has 1 to 128 bytes without control characters, and is not “.” or “..”.</source>
        <translation>Un nom a 1 à 128 octets sans caractères de contrôle et n’est ni «&#x202f;.&#x202f;» ni «&#x202f;..&#x202f;».</translation>
    </message>
    <message>
        <source>Access request</source>
        <translation>Demande d’accès</translation>
    </message>
    <message>
        <source>Access request, one visit</source>
        <translation>Demande d’accès, pour une visite</translation>
    </message>
    <message>
        <source>Deleted stored entries</source>
        <translation>Entrées conservées supprimées</translation>
    </message>
    <message>
        <source>Asked for access</source>
        <translation>A demandé l’accès</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>Accès refusé</translation>
    </message>
    <message>
        <source>Sharing turned on</source>
        <translation>Partage activé</translation>
    </message>
    <message>
        <source>Sharing turned off</source>
        <translation>Partage désactivé</translation>
    </message>
</context>
<context>
    <name>Axis</name>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>now</source>
        <comment>time axis</comment>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>−%1 d</source>
        <comment>time axis</comment>
        <translation>−%1&#xa0;j</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>time axis</comment>
        <translation>−%1&#xa0;h</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <comment>time axis</comment>
        <translation>−%1&#xa0;min</translation>
    </message>
    <message>
        <source>−%1 s</source>
        <comment>time axis</comment>
        <translation>−%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>−%1 min %2 s</source>
        <comment>time axis</comment>
        <translation>−%1&#xa0;min %2&#xa0;s</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Watch this machine&apos;s CPU, memory, disk and network, and its applications&apos; logs; share them over WebSocket.</source>
        <translation>Suivez le processeur, la mémoire, le disque et le réseau de cette machine ainsi que les journaux de ses applications&#x202f;; partagez-les par WebSocket.</translation>
    </message>
    <message>
        <source>Show this help and end.</source>
        <translation>Affiche cette aide et quitte.</translation>
    </message>
    <message>
        <source>Show the version and end.</source>
        <translation>Affiche la version et quitte.</translation>
    </message>
    <message>
        <source>Run the server without a window.</source>
        <translation>Lance le serveur sans fenêtre.</translation>
    </message>
    <message>
        <source>address</source>
        <translation>adresse</translation>
    </message>
    <message>
        <source>Listen on &lt;port&gt; (default 3001; 0: any that is free).</source>
        <translation>Écoute sur &lt;port&gt; (par défaut 3001&#x202f;; 0&#x202f;: un port libre).</translation>
    </message>
    <message>
        <source>port</source>
        <translation>port</translation>
    </message>
    <message>
        <source>Keep settings and data in &lt;folder&gt;.</source>
        <translation>Garde les réglages et les données dans &lt;dossier&gt;.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>Speak &lt;language&gt;: en or fr.</source>
        <translation>Parle &lt;langue&gt;&#x202f;: en ou fr.</translation>
    </message>
    <message>
        <source>language</source>
        <translation>langue</translation>
    </message>
    <message>
        <source>Look: system, light or dark.</source>
        <translation>Apparence&#x202f;: system, light ou dark.</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>thème</translation>
    </message>
    <message>
        <source>Let pages of &lt;origin&gt; (such as http://localhost:5173) connect too; may be repeated.</source>
        <translation>Laisse aussi se connecter les pages de &lt;origine&gt; (par exemple http://localhost:5173)&#x202f;; peut être répétée.</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>origine</translation>
    </message>
    <message>
        <source>--port must be a number from 0 to 65535, not “%1”.</source>
        <translation>--port doit être un nombre de 0 à 65535, et non «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>--host must be an IP address, not “%1”.</source>
        <translation>--host doit être une adresse IP, et non «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>--%1 must be one of: %2; not “%3”.</source>
        <translation>--%1 doit être l’un de&#x202f;:&#xa0;%2&#x202f;; et non «&#x202f;%3&#x202f;».</translation>
    </message>
    <message>
        <source>--allow-origin must look like http://localhost:5173, not “%1”.</source>
        <translation>--allow-origin doit ressembler à http://localhost:5173, et non à «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>Unexpected argument “%1”.</source>
        <translation>Argument inattendu «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>--data-dir must name a folder.</source>
        <translation>--data-dir doit nommer un dossier.</translation>
    </message>
    <message>
        <source>Write an application&apos;s stored logs as JSON lines or CSV.</source>
        <translation>Écrit les journaux conservés d’une application en lignes JSON ou en CSV.</translation>
    </message>
    <message>
        <source>Read such JSON lines back into the store.</source>
        <translation>Relit de telles lignes JSON dans l’historique.</translation>
    </message>
    <message>
        <source>Check the data folder and say what is in it.</source>
        <translation>Vérifie le dossier de données et dit ce qu’il contient.</translation>
    </message>
    <message>
        <source>The oldest come first. Vigie may run meanwhile.</source>
        <translation>Les plus anciens viennent en premier. Vigie peut tourner pendant ce temps.</translation>
    </message>
    <message>
        <source>What the store has already is skipped. Vigie must not run on the folder meanwhile.</source>
        <translation>Ce que l’historique a déjà est ignoré. Vigie ne doit pas tourner sur ce dossier pendant ce temps.</translation>
    </message>
    <message>
        <source>Nothing is changed, and Vigie may run meanwhile. Ends with 1 when something is wrong.</source>
        <translation>Rien n’est modifié, et Vigie peut tourner pendant ce temps. Se termine par 1 si quelque chose ne va pas.</translation>
    </message>
    <message>
        <source>The logs of &lt;application&gt;; must be given.</source>
        <translation>Les journaux de &lt;application&gt;&#x202f;; obligatoire.</translation>
    </message>
    <message>
        <source>application</source>
        <translation>application</translation>
    </message>
    <message>
        <source>time</source>
        <translation>instant</translation>
    </message>
    <message>
        <source>Only entries of &lt;time&gt; or earlier.</source>
        <translation>Seulement les entrées jusqu’à &lt;instant&gt;.</translation>
    </message>
    <message>
        <source>jsonl (default: one JSON object a line) or csv.</source>
        <translation>jsonl (par défaut&#x202f;: un objet JSON par ligne) ou csv.</translation>
    </message>
    <message>
        <source>format</source>
        <translation>format</translation>
    </message>
    <message>
        <source>Write to &lt;file&gt; instead of the standard output.</source>
        <translation>Écrit dans &lt;fichier&gt; au lieu de la sortie standard.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>fichier</translation>
    </message>
    <message>
        <source>The data are in &lt;folder&gt;.</source>
        <translation>Les données sont dans &lt;dossier&gt;.</translation>
    </message>
    <message>
        <source>What to read; without it, the standard input.</source>
        <translation>Ce qu’il faut lire&#x202f;; sans lui, l’entrée standard.</translation>
    </message>
    <message>
        <source>--output must name a file.</source>
        <translation>--output doit nommer un fichier.</translation>
    </message>
    <message>
        <source>--app must name an application.</source>
        <translation>--app doit nommer une application.</translation>
    </message>
    <message>
        <source>Try vigie %1 --help.</source>
        <translation>Essayez vigie %1 --help.</translation>
    </message>
    <message>
        <source>Let in only those with a token (vigie token add), also on this machine.</source>
        <translation>N’admettre que les porteurs d’un jeton (vigie token add), même sur cette machine.</translation>
    </message>
    <message>
        <source>Add, list or remove the applications that tokens are for.</source>
        <translation>Ajoute, liste ou retire les applications pour lesquelles valent les jetons.</translation>
    </message>
    <message>
        <source>Add, list or revoke the tokens by which people and programs connect.</source>
        <translation>Ajoute, liste ou révoque les jetons avec lesquels personnes et programmes se connectent.</translation>
    </message>
    <message>
        <source>vigie app add &lt;name&gt;, vigie app list, vigie app remove &lt;name&gt;. Removing one revokes its tokens, at once.</source>
        <translation>vigie app add &lt;nom&gt;, vigie app list, vigie app remove &lt;nom&gt;. En retirer une révoque ses jetons, aussitôt.</translation>
    </message>
    <message>
        <source>vigie token add --user &lt;user&gt; --app &lt;application&gt; [--role &lt;role&gt;] [--expires &lt;time&gt;], vigie token list, vigie token revoke &lt;id&gt;. A token is shown once, when it is added; it is revoked at once.</source>
        <translation>vigie token add --user &lt;utilisateur&gt; --app &lt;application&gt; [--role &lt;rôle&gt;] [--expires &lt;durée&gt;], vigie token list, vigie token revoke &lt;n°&gt;. Un jeton n’est affiché qu’une fois, à son ajout&#x202f;; sa révocation est immédiate.</translation>
    </message>
    <message>
        <source>Whose token it is.</source>
        <translation>À qui est le jeton.</translation>
    </message>
    <message>
        <source>user</source>
        <translation>utilisateur</translation>
    </message>
    <message>
        <source>For &lt;application&gt; only.</source>
        <translation>Pour &lt;application&gt; seulement.</translation>
    </message>
    <message>
        <source>For every application.</source>
        <translation>Pour toutes les applications.</translation>
    </message>
    <message>
        <source>role</source>
        <translation>rôle</translation>
    </message>
    <message>
        <source>Either --app or --all-apps must be given.</source>
        <translation>Il faut donner soit --app, soit --all-apps.</translation>
    </message>
    <message>
        <source>--expires must look like 90m, 12h or 30d, not “%1”.</source>
        <translation>--expires doit ressembler à 90m, 12h ou 30d, pas à «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>The application</source>
        <translation>L’application</translation>
    </message>
    <message>
        <source>Listen on &lt;address&gt; (default 127.0.0.1). Beyond loopback, TLS and tokens are needed.</source>
        <translation>Écoute sur &lt;adresse&gt; (127.0.0.1 par défaut). Au-delà de la boucle locale, TLS et jetons sont exigés.</translation>
    </message>
    <message>
        <source>Speak TLS on loopback, too.</source>
        <translation>Parle TLS aussi sur la boucle locale.</translation>
    </message>
    <message>
        <source>Prove who you are by the certificate in &lt;file&gt; (PEM). Without it, Vigie makes one.</source>
        <translation>Prouve son identité par le certificat de &lt;fichier&gt; (PEM). Sans cela, Vigie en fabrique un.</translation>
    </message>
    <message>
        <source>Its key is in &lt;file&gt; (PEM).</source>
        <translation>Sa clé est dans &lt;fichier&gt; (PEM).</translation>
    </message>
    <message>
        <source>&lt;name&gt; is a name of this machine, too, such as in your DNS; may be repeated.</source>
        <translation>&lt;nom&gt; est aussi un nom de cette machine, par exemple dans votre DNS&#x202f;; peut être répété.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nom</translation>
    </message>
    <message>
        <source>Beyond loopback without TLS and tokens: whoever reaches the port reads and changes everything.</source>
        <translation>Au-delà de la boucle locale sans TLS ni jetons&#x202f;: quiconque atteint le port lit et modifie tout.</translation>
    </message>
    <message>
        <source>--tls-cert and --tls-key belong together.</source>
        <translation>--tls-cert et --tls-key vont ensemble.</translation>
    </message>
    <message>
        <source>--insecure and TLS exclude one another.</source>
        <translation>--insecure et TLS s’excluent.</translation>
    </message>
    <message>
        <source>Let in all users of this machine, and what a proxy on it passes on, without a token; otherwise only you and root.</source>
        <translation>Admet sans jeton tous les utilisateurs de cette machine, et ce qu’un serveur mandataire y transmet&#x202f;; sinon seulement vous et root.</translation>
    </message>
    <message>
        <source>Behind a reverse proxy: &lt;url&gt; is what browsers open, such as https://ops.example/vigie/.</source>
        <translation>Derrière un serveur mandataire&#x202f;: &lt;url&gt; est ce qu’ouvrent les navigateurs, comme https://ops.example/vigie/.</translation>
    </message>
    <message>
        <source>url</source>
        <translation>url</translation>
    </message>
    <message>
        <source>--open-loopback and --require-token exclude one another.</source>
        <translation>--open-loopback et --require-token s’excluent.</translation>
    </message>
    <message>
        <source>--public-url cannot be “%1”: %2.</source>
        <translation>--public-url ne peut être «&#x202f;%1&#x202f;»&#x202f;: %2.</translation>
    </message>
    <message>
        <source>--open-loopback is for loopback, not for --host %1.</source>
        <translation>--open-loopback vaut pour la boucle locale, pas pour --host %1.</translation>
    </message>
    <message>
        <source>Begin the CSV with the mark that says UTF-8: some spreadsheets, Excel among them, need it.</source>
        <translation>Commencer le CSV par la marque qui dit UTF-8&#x202f;: certains tableurs, dont Excel, en ont besoin.</translation>
    </message>
    <message>
        <source>--bom goes with --format csv only.</source>
        <translation>--bom ne va qu’avec --format csv.</translation>
    </message>
    <message>
        <source>%1 must be a name of 1 to 128 bytes without control characters, and not “.” or “..”.</source>
        <translation>%1 doit être un nom de 1 à 128 octets sans caractères de contrôle, autre que «&#x202f;.&#x202f;» et «&#x202f;..&#x202f;».</translation>
    </message>
    <message>
        <source>Begin with the dialog that shares Vigie on the network.</source>
        <translation>Ouvre d’abord la fenêtre de partage sur le réseau.</translation>
    </message>
    <message>
        <source>Keep neither logs nor figures on disk, only the newest in memory.</source>
        <translation>Ne garde ni journaux ni mesures sur le disque, seulement les plus récents en mémoire.</translation>
    </message>
    <message>
        <source>There is no command “%1”.</source>
        <translation>Il n’y a pas de commande «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>--headless and --share exclude one another.</source>
        <translation>--headless et --share s’excluent.</translation>
    </message>
    <message>
        <source>One of those below; without one, Vigie runs.</source>
        <translation>L’une de celles ci-dessous&#x202f;; sans commande, Vigie démarre.</translation>
    </message>
    <message>
        <source>What to show; several may be given.</source>
        <translation>Ce qu’il faut afficher&#x202f;; il peut y en avoir plusieurs.</translation>
    </message>
    <message>
        <source>Data folder, unless --data-dir names another: %1</source>
        <translation>Dossier de données, sauf si --data-dir en indique un autre&#x202f;: %1</translation>
    </message>
    <message>
        <source>List who connected, was refused, deleted entries or sent a command.</source>
        <translation>Liste qui s’est connecté, a été refusé, a supprimé des entrées ou envoyé une commande.</translation>
    </message>
    <message>
        <source>Commands; vigie help &lt;command&gt; tells more of each:</source>
        <translation>Commandes&#x202f;; vigie help &lt;commande&gt; en dit plus&#x202f;:</translation>
    </message>
    <message>
        <source>Show a log file in the window, and follow it as it grows.</source>
        <translation>Affiche un fichier de journal dans la fenêtre et suit ses ajouts.</translation>
    </message>
    <message>
        <source>Show this help, or that of a command.</source>
        <translation>Affiche cette aide, ou celle d’une commande.</translation>
    </message>
    <message>
        <source>Try vigie help.</source>
        <translation>Essayez vigie help.</translation>
    </message>
    <message>
        <source>--%1 must be a time such as 2h, 3d, 2026-01-31 or 2026-01-31T14:03, not “%2”.</source>
        <translation>--%1 doit être un moment comme 2h, 3d, 2026-01-31 ou 2026-01-31T14:03, et non «&#x202f;%2&#x202f;».</translation>
    </message>
    <message>
        <source>--%1 must not be later than --%2.</source>
        <translation>--%1 ne peut pas être après --%2.</translation>
    </message>
    <message>
        <source>--%1 does not go with vigie token %2.</source>
        <translation>--%1 ne s’emploie pas avec vigie token %2.</translation>
    </message>
    <message>
        <source>Which token? vigie token list shows their numbers.</source>
        <translation>Quel jeton&#x202f;? vigie token list donne leurs numéros.</translation>
    </message>
    <message>
        <source>vigie %1 needs to know what to do: %2.</source>
        <translation>vigie %1 attend une action&#x202f;: %2.</translation>
    </message>
    <message>
        <source>vigie %1 has no action “%3”. Use %2.</source>
        <translation>vigie %1 accepte&#x202f;: %2&#x202f;; pas «&#x202f;%3&#x202f;».</translation>
    </message>
    <message>
        <source>viewer (default): reads; producer: sends; operator: also deletes entries and sends commands; admin: everything.</source>
        <translation>viewer (par défaut)&#x202f;: lit&#x202f;; producer&#x202f;: envoie&#x202f;; operator&#x202f;: supprime aussi des entrées et envoie des commandes&#x202f;; admin&#x202f;: tout.</translation>
    </message>
    <message>
        <source>Valid for so long: 90m, 12h or 30d. Without it, until it is revoked.</source>
        <translation>Durée de validité&#x202f;: 90m, 12h ou 30d. Sans elle, jusqu’à révocation.</translation>
    </message>
    <message>
        <source>2h or 3d ago, a date, an ISO 8601 time or ms since 1970, in this machine&apos;s zone unless it names one.</source>
        <translation>il y a 2h ou 3d, une date, une heure ISO 8601 ou des ms depuis 1970, dans le fuseau de cette machine sauf s’il en est indiqué un.</translation>
    </message>
    <message>
        <source>Only entries of &lt;time&gt; or later: %1</source>
        <translation>Seulement les entrées à partir de &lt;moment&gt;&#x202f;: %1</translation>
    </message>
    <message>
        <source>Only what happened at &lt;time&gt; or later: %1</source>
        <translation>Seulement ce qui s’est passé à partir de &lt;moment&gt;&#x202f;: %1</translation>
    </message>
    <message>
        <source>List tokens added at &lt;time&gt; or later: %1</source>
        <translation>Seulement les jetons ajoutés à partir de &lt;moment&gt;&#x202f;: %1</translation>
    </message>
    <message>
        <source>Only what happened at &lt;time&gt; or earlier.</source>
        <translation>Seulement ce qui s’est passé jusqu’à &lt;moment&gt;.</translation>
    </message>
    <message>
        <source>List tokens added at &lt;time&gt; or earlier.</source>
        <translation>Seulement les jetons ajoutés jusqu’à &lt;moment&gt;.</translation>
    </message>
    <message>
        <source>Write a JSON object a line, with times in ms since 1970, for programs.</source>
        <translation>Écrit un objet JSON par ligne, avec les heures en ms depuis 1970, pour des programmes.</translation>
    </message>
    <message>
        <source>vigie open takes one address of a view, with a # in it, not “%1”.</source>
        <translation>vigie open attend une seule adresse de vue, avec un #, et non «&#x202f;%1&#x202f;».</translation>
    </message>
    <message numerus="yes">
        <source>No more than %n files can be open at once.</source>
        <translation>
            <numerusform>Pas plus de %n fichier ouvert à la fois.</numerusform>
            <numerusform>Pas plus de %n fichiers ouverts à la fois.</numerusform>
        </translation>
    </message>
    <message>
        <source>vigie open needs the name of a file or the address of a view.</source>
        <translation>vigie open attend le nom d’un fichier ou l’adresse d’une vue.</translation>
    </message>
    <message>
        <source>--headless has no window to open anything in.</source>
        <translation>--headless n’a pas de fenêtre où ouvrir quoi que ce soit.</translation>
    </message>
    <message>
        <source>Show log files in the window and follow them as they grow. They are neither stored nor sent anywhere.
Or show the view that a link to the page of this machine&apos;s Vigie says.
A Vigie that runs on the data folder shows them; otherwise one is started, with the options below.
Files: plain text or JSON lines, also packed by gzip or Zstandard.</source>
        <translation>Affiche des fichiers de journal dans la fenêtre et suit leurs ajouts. Ils ne sont ni conservés ni envoyés.
Ou affiche la vue que décrit un lien vers la page de la Vigie de cette machine.
La Vigie qui tourne sur le dossier de données les affiche&#x202f;; sinon une autre démarre, avec les options ci-dessous.
Fichiers&#x202f;: texte brut ou lignes JSON, aussi compressés par gzip ou Zstandard.</translation>
    </message>
    <message>
        <source>--app must not begin with “file:”: such are the names of log files in the window.</source>
        <translation>--app ne doit pas commencer par «&#x202f;file:&#x202f;»&#x202f;: c’est ainsi que la fenêtre nomme les fichiers journaux.</translation>
    </message>
    <message>
        <source>Send what another program prints: program 2&gt;&amp;1 | vigie log --app &lt;application&gt;</source>
        <translation>Envoyer ce qu’un autre programme écrit&#x202f;: programme 2&gt;&amp;1 | vigie log --app &lt;application&gt;</translation>
    </message>
    <message>
        <source>Run a program and send what it prints.</source>
        <translation>Exécuter un programme et envoyer ce qu’il écrit.</translation>
    </message>
    <message>
        <source>Each line is an entry; lines that belong together, such as a stack trace, and JSON lines are understood. What cannot be delivered waits on disk, also after this command has ended, and is delivered when Vigie runs, or by the next command with the same --to. Many programs hold their output back when it goes into a pipe: stdbuf -oL program, or PYTHONUNBUFFERED=1, prevents it.</source>
        <translation>Chaque ligne est une entrée&#x202f;; les lignes qui vont ensemble, comme une trace d’appels, et les lignes JSON sont comprises. Ce qui ne peut pas être remis attend sur le disque, même après la fin de cette commande, et est remis dès que Vigie s’exécute, ou par la prochaine commande avec le même --to. Beaucoup de programmes retiennent leur sortie quand elle part dans un tube&#x202f;: stdbuf -oL programme, ou PYTHONUNBUFFERED=1, l’évite.</translation>
    </message>
    <message>
        <source>vigie run --app &lt;application&gt; -- program arguments… Its output and errors are printed as well; on a terminal it keeps its colours. Signals are passed on, and the exit status is the program&apos;s. What cannot be delivered waits on disk, and is delivered when Vigie runs, or by the next command with the same --to.</source>
        <translation>vigie run --app &lt;application&gt; -- programme arguments… Sa sortie et ses erreurs s’affichent aussi&#x202f;; dans un terminal, il garde ses couleurs. Les signaux sont transmis, et le code de retour est celui du programme. Ce qui ne peut pas être remis attend sur le disque, et est remis dès que Vigie s’exécute, ou par la prochaine commande avec le même --to.</translation>
    </message>
    <message>
        <source>What to run, and its arguments.</source>
        <translation>Ce qu’il faut exécuter, et ses arguments.</translation>
    </message>
    <message>
        <source>--%1: cannot read %2.</source>
        <translation>--%1&#x202f;: impossible de lire %2.</translation>
    </message>
    <message>
        <source>--to must be the address of a Vigie, such as https://host:3001, not “%1”.</source>
        <translation>--to doit être l’adresse d’un Vigie, comme https://machine:3001, et non «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>--spool-mib must be a number from 1 to 1000000, not “%1”.</source>
        <translation>--spool-mib doit être un nombre de 1 à 1000000, et non «&#x202f;%1&#x202f;».</translation>
    </message>
    <message>
        <source>The entries are those of &lt;application&gt;; must be given.</source>
        <translation>Les entrées sont celles de &lt;application&gt;&#x202f;; obligatoire.</translation>
    </message>
    <message>
        <source>Send to the Vigie at &lt;address&gt;, such as https://host:3001, instead of this machine&apos;s.</source>
        <translation>Envoie au Vigie à &lt;adresse&gt;, comme https://machine:3001, au lieu de celui de cette machine.</translation>
    </message>
    <message>
        <source>The token is in &lt;file&gt;.</source>
        <translation>Le jeton se trouve dans &lt;fichier&gt;.</translation>
    </message>
    <message>
        <source>Trust the certificates in &lt;file&gt; (PEM), such as that of the other Vigie.</source>
        <translation>Fait confiance aux certificats de &lt;fichier&gt; (PEM), comme celui de l’autre Vigie.</translation>
    </message>
    <message>
        <source>Let at most &lt;number&gt; MiB wait on disk, 256 if absent; then the oldest are dropped.</source>
        <translation>Laisse attendre au plus &lt;nombre&gt; Mio sur le disque, 256 par défaut&#x202f;; au-delà, les plus anciennes entrées sont abandonnées.</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>Print what comes, as it comes.</source>
        <translation>Affiche ce qui arrive, au fur et à mesure.</translation>
    </message>
    <message>
        <source>Which program? vigie run --app &lt;application&gt; -- program arguments…</source>
        <translation>Quel programme&#x202f;? vigie run --app &lt;application&gt; -- programme arguments…</translation>
    </message>
    <message>
        <source>A token is not sent in the clear: --to must begin with https.</source>
        <translation>Un jeton n’est pas envoyé en clair&#x202f;: --to doit commencer par https.</translation>
    </message>
    <message>
        <source>Add, list or remove what Vigie reads by itself: log files, the journal, containers.</source>
        <translation>Ajouter, lister ou retirer ce que Vigie lit d’elle-même&#x202f;: fichiers journaux, journal système, conteneurs.</translation>
    </message>
    <message>
        <source>vigie watch add --app &lt;application&gt; &lt;file&gt;…, vigie watch add --journal, vigie watch add --containers, vigie watch add --otlp, vigie watch list, vigie watch remove &lt;file&gt;…. A file&apos;s name, and folders in it, may hold *, ? and […]; put it in quotes, so that files are read that come later. A running Vigie heeds changes at once.</source>
        <translation>vigie watch add --app &lt;application&gt; &lt;fichier&gt;…, vigie watch add --journal, vigie watch add --containers, vigie watch add --otlp, vigie watch list, vigie watch remove &lt;fichier&gt;…. Le nom d’un fichier et ses dossiers peuvent contenir *,&#x202f;? et […]&#x202f;; mettez-le entre guillemets pour que les fichiers créés plus tard soient lus aussi. Une Vigie en marche applique les changements aussitôt.</translation>
    </message>
    <message>
        <source>Check that Vigie runs and answers.</source>
        <translation>Vérifie que Vigie tourne et répond.</translation>
    </message>
    <message>
        <source>For supervisors, such as those of containers. Ends with 1 when it does not.</source>
        <translation>Pour les superviseurs, tels que ceux des conteneurs. Se termine avec 1 dans le cas contraire.</translation>
    </message>
    <message>
        <source>--bus takes addresses such as nats://host:4222, not “%1”.</source>
        <translation>--bus prend des adresses comme nats://hôte:4222, pas « %1 ».</translation>
    </message>
    <message>
        <source>Beyond this machine a bus needs credentials (--bus-credentials) and TLS (tls:// or --bus-tls-ca): %1. --insecure does without them.</source>
        <translation>Au-delà de cette machine, un bus exige des identifiants (--bus-credentials) et TLS (tls:// ou --bus-tls-ca) : %1. --insecure s’en passe.</translation>
    </message>
    <message>
        <source>Cannot read %1.</source>
        <translation>Impossible de lire %1.</translation>
    </message>
    <message>
        <source>--node cannot be “%1”.</source>
        <translation>--node ne peut pas être « %1 ».</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Impossible d’écrire %1 : %2</translation>
    </message>
    <message>
        <source>Share logs with the machines at these NATS servers, such as nats://host:4222; several with commas.</source>
        <translation>Partager les journaux avec les machines de ces serveurs NATS, comme nats://hôte:4222 ; plusieurs avec des virgules.</translation>
    </message>
    <message>
        <source>addresses</source>
        <translation>adresses</translation>
    </message>
    <message>
        <source>Who this machine is to NATS: a credentials &lt;file&gt;.</source>
        <translation>Qui est cette machine pour NATS : un &lt;fichier&gt; d’identifiants.</translation>
    </message>
    <message>
        <source>Speak TLS with NATS; &lt;file&gt; (PEM) says who signs its certificates.</source>
        <translation>Parler TLS avec NATS ; &lt;fichier&gt; (PEM) dit qui signe ses certificats.</translation>
    </message>
    <message>
        <source>This machine&apos;s &lt;name&gt; on the bus (default: its host name).</source>
        <translation>Le &lt;nom&gt; de cette machine sur le bus (par défaut : son nom d’hôte).</translation>
    </message>
</context>
<context>
    <name>DayText</name>
    <message>
        <source>d MMM</source>
        <comment>a day of this year</comment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day of another year</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>day, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2 %3</source>
        <comment>day, time, zone</comment>
        <translation>%1, %2 %3</translation>
    </message>
</context>
<context>
    <name>Deliverer</name>
    <message>
        <source>Vigie is starting or ending</source>
        <translation>Vigie démarre ou s’arrête</translation>
    </message>
    <message>
        <source>Vigie does not run</source>
        <translation>Vigie ne s’exécute pas</translation>
    </message>
</context>
<context>
    <name>DoctorCommand</name>
    <message>
        <source>In use by Vigie, process %1 on %2.</source>
        <translation>Utilisé par Vigie, processus %1 sur %2.</translation>
    </message>
    <message>
        <source>Not in use by any Vigie.</source>
        <translation>Utilisé par aucun Vigie.</translation>
    </message>
    <message>
        <source>Free disk space</source>
        <translation>Espace disque libre</translation>
    </message>
    <message>
        <source>can be read</source>
        <translation>lisible</translation>
    </message>
    <message>
        <source>none, the defaults hold</source>
        <translation>absent, les valeurs par défaut valent</translation>
    </message>
    <message>
        <source>No logs are stored.</source>
        <translation>Aucun journal n’est conservé.</translation>
    </message>
    <message>
        <source>No figures are stored.</source>
        <translation>Aucune mesure n’est conservée.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found.</source>
        <translation>
            <numerusform>%n&#xa0;problème trouvé.</numerusform>
            <numerusform>%n&#xa0;problèmes trouvés.</numerusform>
        </translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Tout va bien.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>sain</translation>
    </message>
    <message>
        <source>schema version %1</source>
        <translation>schéma version&#xa0;%1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>du %1 au %2</translation>
    </message>
    <message>
        <source>of: %1</source>
        <translation>de&#x202f;: %1</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>Le dossier de données&#xa0;%1 n’existe pas.</translation>
    </message>
    <message>
        <source>Cannot read the data folder %1.</source>
        <translation>Impossible de lire le dossier de données&#xa0;%1.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Dossier de données</translation>
    </message>
    <message>
        <source>only %1, the disk is almost full</source>
        <translation>seulement %1, le disque est presque plein</translation>
    </message>
    <message numerus="yes">
        <source>%Ln log entries</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée</numerusform>
            <numerusform>%Ln&#xa0;entrées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chunks of figures</source>
        <translation>
            <numerusform>%Ln&#xa0;bloc de mesures</numerusform>
            <numerusform>%Ln&#xa0;blocs de mesures</numerusform>
        </translation>
    </message>
    <message>
        <source>moved aside by Vigie (%1); remove it when it is of no use</source>
        <translation>mis de côté par Vigie (%1)&#x202f;; supprimez-le s’il ne sert plus</translation>
    </message>
    <message>
        <source>%1: PROBLEM: %2</source>
        <translation>%1&#x202f;: PROBLÈME&#x202f;: %2</translation>
    </message>
    <message>
        <source>written by a later Vigie (%1; %2)</source>
        <translation>écrit par un Vigie plus récent (%1&#x202f;; %2)</translation>
    </message>
    <message>
        <source>There are no tokens.</source>
        <translation>Il n’y a aucun jeton.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln jeton</numerusform>
            <numerusform>%Ln jetons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportCommand</name>
    <message>
        <source>the standard output</source>
        <translation>la sortie standard</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Impossible d’écrire %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>There are no stored logs in %1.</source>
        <translation>Aucun journal n’est conservé dans %1.</translation>
    </message>
    <message>
        <source>The store in %1 has no application “%2”.</source>
        <translation>L’historique dans %1 n’a pas d’application «&#x202f;%2&#x202f;».</translation>
    </message>
    <message>
        <source>Cannot read the store: %1</source>
        <translation>Impossible de lire l’historique&#x202f;: %1</translation>
    </message>
    <message>
        <source>Not all could be read: %1</source>
        <translation>Tout n’a pas pu être lu&#x202f;: %1</translation>
    </message>
    <message>
        <source>nobody reads from it</source>
        <translation>personne ne lit à l’autre bout</translation>
    </message>
</context>
<context>
    <name>HealthCommand</name>
    <message>
        <source>No Vigie runs on the data folder %1.</source>
        <translation>Aucune Vigie ne tourne sur le dossier de données %1.</translation>
    </message>
    <message>
        <source>Vigie is starting or ending.</source>
        <translation>Vigie démarre ou se termine.</translation>
    </message>
    <message>
        <source>Vigie does not answer at %1: %2</source>
        <translation>Vigie ne répond pas à %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Vigie is at %1 and answers %2.</source>
        <translation>Vigie est à %1 et répond %2.</translation>
    </message>
    <message>
        <source>Vigie is at %1 and answers.</source>
        <translation>Vigie est à %1 et répond.</translation>
    </message>
</context>
<context>
    <name>ImportCommand</name>
    <message>
        <source>imported %1, skipped %2</source>
        <translation>importées&#x202f;: %1, ignorées&#x202f;: %2</translation>
    </message>
    <message>
        <source>Cannot write the store: %1.</source>
        <translation>Impossible d’écrire l’historique&#x202f;: %1.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Impossible de lire %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Line %1 is no log entry: %2.</source>
        <translation>La ligne&#xa0;%1 n’est pas une entrée de journal&#x202f;: %2.</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>elle est trop longue</translation>
    </message>
    <message>
        <source>A file of the store was broken and is now %1.</source>
        <translation>Un fichier de l’historique était abîmé&#x202f;; il est maintenant %1.</translation>
    </message>
    <message>
        <source>Lines left out: %1.</source>
        <translation>Lignes laissées de côté&#x202f;: %1.</translation>
    </message>
</context>
<context>
    <name>LimitWords</name>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>per second</source>
        <translation>par seconde</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>Kio</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>Mio</translation>
    </message>
    <message>
        <source>Connections in all (0: the usual number)</source>
        <translation>Connexions en tout (0&#x202f;: le nombre habituel)</translation>
    </message>
    <message>
        <source>Connections of one address</source>
        <translation>Connexions d’une adresse</translation>
    </message>
    <message>
        <source>New connections of one address</source>
        <translation>Nouvelles connexions d’une adresse</translation>
    </message>
    <message>
        <source>New connections of one address at once</source>
        <translation>Nouvelles connexions d’une adresse à la fois</translation>
    </message>
    <message>
        <source>Failed sign-ins before each one waits longer</source>
        <translation>Échecs d’identification tolérés avant attente</translation>
    </message>
    <message>
        <source>Time to sign in</source>
        <translation>Délai pour s’identifier</translation>
    </message>
    <message>
        <source>Refused messages before a client is disconnected</source>
        <translation>Messages refusés avant de déconnecter un client</translation>
    </message>
    <message>
        <source>Access requests that wait for an answer</source>
        <translation>Demandes d’accès en attente de réponse</translation>
    </message>
    <message>
        <source>Access requests of one address that wait</source>
        <translation>Demandes d’accès en attente d’une adresse</translation>
    </message>
    <message>
        <source>Access requests of one address</source>
        <translation>Demandes d’accès d’une adresse</translation>
    </message>
    <message>
        <source>per hour</source>
        <translation>par heure</translation>
    </message>
    <message>
        <source>Time to send the head of a request</source>
        <translation>Délai pour envoyer l’en-tête d’une requête</translation>
    </message>
    <message>
        <source>Size of a request&apos;s head, and of its body</source>
        <translation>Taille de l’en-tête d’une requête, et de son corps</translation>
    </message>
    <message>
        <source>Time an HTTP connection may be idle</source>
        <translation>Durée d’inactivité permise à une connexion HTTP</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>Taille d’un message</translation>
    </message>
    <message>
        <source>Time to send a message</source>
        <translation>Délai pour envoyer un message</translation>
    </message>
    <message>
        <source>New applications since the start</source>
        <translation>Nouvelles applications depuis le démarrage</translation>
    </message>
    <message>
        <source>Entries in a message</source>
        <translation>Entrées dans un message</translation>
    </message>
    <message>
        <source>Nesting of JSON</source>
        <translation>Imbrication du JSON</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>niveaux</translation>
    </message>
    <message>
        <source>Levels in a filter</source>
        <translation>Niveaux dans un filtre</translation>
    </message>
    <message>
        <source>Length of a search text</source>
        <translation>Longueur d’un texte cherché</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>octets</translation>
    </message>
    <message>
        <source>Messages of one client</source>
        <translation>Messages d’un client</translation>
    </message>
    <message>
        <source>Data from one client</source>
        <translation>Données d’un client</translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation>Kio/s</translation>
    </message>
    <message>
        <source>Searches of one client at once</source>
        <translation>Recherches simultanées d’un client</translation>
    </message>
    <message>
        <source>Unread answers of one client</source>
        <translation>Réponses non lues d’un client</translation>
    </message>
    <message>
        <source>Time a client may read nothing</source>
        <translation>Temps pendant lequel un client peut ne rien lire</translation>
    </message>
    <message>
        <source>Memory for all clients together</source>
        <translation>Mémoire pour tous les clients ensemble</translation>
    </message>
</context>
<context>
    <name>ListenBanner</name>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Port to try</source>
        <translation>Port à essayer</translation>
    </message>
    <message>
        <source>&amp;Use this port</source>
        <translation>&amp;Utiliser ce port</translation>
    </message>
</context>
<context>
    <name>LogExport</name>
    <message>
        <source>it is neither a regular file nor a device</source>
        <translation>ce n’est ni un fichier ordinaire ni un périphérique</translation>
    </message>
</context>
<context>
    <name>LogFile</name>
    <message>
        <source>Cannot read %1: %2.</source>
        <translation>Impossible de lire %1&#x202f;: %2.</translation>
    </message>
    <message>
        <source>%1 is not a text file.</source>
        <translation>%1 n’est pas un fichier texte.</translation>
    </message>
    <message>
        <source>%1 is damaged: not all of it could be unpacked.</source>
        <translation>%1 est endommagé&#x202f;: tout n’a pas pu être décompressé.</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Logs</source>
        <translation>Journaux</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Show the logs of one application</source>
        <translation>Afficher les journaux d’une seule application</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Niveaux</translation>
    </message>
    <message>
        <source>Search the logs</source>
        <translation>Rechercher dans les journaux</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Choose the levels to show: a click on a level shows only that one, its box adds it or takes it away</source>
        <translation>Choisir les niveaux à afficher&#x202f;: un clic sur un niveau n’affiche que celui-ci, sa case l’ajoute ou le retire</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Charts</source>
        <translation>&amp;Graphiques</translation>
    </message>
    <message>
        <source>&amp;Logs</source>
        <translation>&amp;Journaux</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ai&amp;de</translation>
    </message>
    <message>
        <source>&amp;Copy Address</source>
        <translation>&amp;Copier l’adresse</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Last &amp;Minute</source>
        <translation>Dernière &amp;minute</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1&#xa0;min</translation>
    </message>
    <message>
        <source>Last 5 M&amp;inutes</source>
        <translation>&amp;5 dernières minutes</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5&#xa0;min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15&#xa0;min</translation>
    </message>
    <message>
        <source>Last &amp;Hour</source>
        <translation>Dernière &amp;heure</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1&#xa0;h</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>One Line per &amp;Core</source>
        <translation>Une courbe par &amp;cœur</translation>
    </message>
    <message>
        <source>Show &amp;Charts</source>
        <translation>Afficher les &amp;graphiques</translation>
    </message>
    <message>
        <source>Show &amp;Logs</source>
        <translation>Afficher les &amp;journaux</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>&amp;Plein écran</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;Système</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Sombre</translation>
    </message>
    <message>
        <source>&amp;How to Connect</source>
        <translation>&amp;Comment se connecter</translation>
    </message>
    <message>
        <source>&amp;About Vigie</source>
        <translation>À &amp;propos de Vigie</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>À propos de &amp;Qt</translation>
    </message>
    <message>
        <source>Last 15 Mi&amp;nutes</source>
        <translation>&amp;15 dernières minutes</translation>
    </message>
    <message>
        <source>Last &amp;Day</source>
        <translation>Dernier &amp;jour</translation>
    </message>
    <message>
        <source>1 d</source>
        <translation>1 j</translation>
    </message>
    <message>
        <source>Last &amp;Week</source>
        <translation>Dernière &amp;semaine</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 j</translation>
    </message>
    <message>
        <source>Last 30 Day&amp;s</source>
        <translation>3&amp;0 derniers jours</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 j</translation>
    </message>
    <message>
        <source>&amp;Back in Time</source>
        <translation>&amp;Reculer dans le temps</translation>
    </message>
    <message>
        <source>&amp;Forward in Time</source>
        <translation>&amp;Avancer dans le temps</translation>
    </message>
    <message>
        <source>&amp;Sharing</source>
        <translation>&amp;Partage</translation>
    </message>
    <message>
        <source>&amp;Open Log Files…</source>
        <translation>&amp;Ouvrir des fichiers de journal…</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Back to &amp;Now</source>
        <translation>Revenir à &amp;maintenant</translation>
    </message>
    <message>
        <source>Back to Now</source>
        <translation>Revenir à maintenant</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Zoom a&amp;vant</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>Copy &amp;Link to This View</source>
        <translation>Copier le &amp;lien vers cette vue</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Cœurs</translation>
    </message>
    <message>
        <source>Close Log &amp;File</source>
        <translation>&amp;Fermer le fichier journal</translation>
    </message>
</context>
<context>
    <name>ManualPage</name>
    <message>
        <source>[options]</source>
        <translation>[options]</translation>
    </message>
    <message>
        <source>Vigie&apos;s Manual</source>
        <translation>Manuel de Vigie</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>NOM</translation>
    </message>
    <message>
        <source>SYNOPSIS</source>
        <translation>SYNOPSIS</translation>
    </message>
    <message>
        <source>DESCRIPTION</source>
        <translation>DESCRIPTION</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>OPTIONS</translation>
    </message>
    <message>
        <source>ARGUMENTS</source>
        <translation>ARGUMENTS</translation>
    </message>
    <message>
        <source>COMMANDS</source>
        <translation>COMMANDES</translation>
    </message>
    <message>
        <source>FILES</source>
        <translation>FICHIERS</translation>
    </message>
    <message>
        <source>The machine&apos;s service keeps its data in %1, and takes options from VIGIE_OPTIONS in %2.</source>
        <translation>Le service de la machine garde ses données dans %1 et prend des options dans VIGIE_OPTIONS de %2.</translation>
    </message>
    <message>
        <source>EXIT STATUS</source>
        <translation>CODE DE RETOUR</translation>
    </message>
    <message>
        <source>0 if all is well, 1 if something is wrong, 2 if called wrongly.</source>
        <translation>0 si tout va bien, 1 si quelque chose ne va pas, 2 si l’appel est incorrect.</translation>
    </message>
    <message>
        <source>Once the program runs, its own.</source>
        <translation>Une fois le programme lancé, le sien.</translation>
    </message>
    <message>
        <source>SEE ALSO</source>
        <translation>VOIR AUSSI</translation>
    </message>
</context>
<context>
    <name>PublicUrl</name>
    <message>
        <source>it must begin with http:// or https://</source>
        <translation>elle doit commencer par http:// ou https://</translation>
    </message>
    <message>
        <source>it is not a valid URL</source>
        <translation>ce n’est pas une URL valable</translation>
    </message>
    <message>
        <source>it names no host</source>
        <translation>elle ne nomme aucun hôte</translation>
    </message>
    <message>
        <source>it must not hold a name and a password</source>
        <translation>elle ne doit contenir ni nom ni mot de passe</translation>
    </message>
    <message>
        <source>it must not have anything behind its path</source>
        <translation>elle ne doit rien avoir après son chemin</translation>
    </message>
    <message>
        <source>its path may hold letters, digits and - . _ ~ only</source>
        <translation>son chemin ne peut contenir que des lettres, des chiffres et - . _ ~</translation>
    </message>
</context>
<context>
    <name>RegularFile</name>
    <message>
        <source>it is not a regular file</source>
        <translation>ce n’est pas un fichier ordinaire</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>Cannot write to %1 (%2): what cannot be delivered waits in memory.</source>
        <translation>Impossible d’écrire dans %1 (%2)&#x202f;: ce qui ne peut pas être remis attend en mémoire.</translation>
    </message>
    <message>
        <source>What waits for Vigie needs more room than there is: the oldest entries are dropped.</source>
        <translation>Ce qui attend Vigie prend plus de place qu’il n’y en a&#x202f;: les plus anciennes entrées sont abandonnées.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) were refused.</source>
        <translation>
            <numerusform>%n entrée a été refusée.</numerusform>
            <numerusform>%n entrées ont été refusées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) could not be delivered, and are lost: %1.</source>
        <translation>
            <numerusform>%n entrée n’a pas pu être remise et est perdue&#x202f;: %1.</numerusform>
            <numerusform>%n entrées n’ont pas pu être remises et sont perdues&#x202f;: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Vigie has not answered yet</source>
        <translation>Vigie n’a pas encore répondu</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(ies) wait in %1: %2.</source>
        <translation>
            <numerusform>%n entrée attend dans %1&#x202f;: %2.</numerusform>
            <numerusform>%n entrées attendent dans %1&#x202f;: %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServiceSight</name>
    <message>
        <source>the journal</source>
        <translation>le journal système</translation>
    </message>
    <message>
        <source>log files in %1</source>
        <translation>les fichiers journaux de %1</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>les conteneurs</translation>
    </message>
    <message>
        <source>This service may not see all of the machine. Lines that let it, for “systemctl edit vigie”, below [Service]:</source>
        <translation>Ce service n’a pas le droit de tout voir de la machine. Lignes qui le lui donnent, pour «&#x202f;systemctl edit vigie&#x202f;», sous [Service]&#x202f;:</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Impossible de lire&#xa0;%1&#x202f;:&#xa0;%2</translation>
    </message>
    <message>
        <source>%1 is not a settings file (%2). Mend it or move it away.</source>
        <translation>%1 n’est pas un fichier de réglages (%2). Corrigez-le ou déplacez-le.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Impossible d’écrire&#xa0;%1&#x202f;:&#xa0;%2</translation>
    </message>
    <message>
        <source>there is no setting “%1”</source>
        <translation>il n’y a pas de réglage «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>“%1” cannot be %2; %3 holds</source>
        <translation>«&#x202f;%1&#x202f;» ne peut pas être %2&#x202f;; %3 vaut</translation>
    </message>
</context>
<context>
    <name>SourceSettings</name>
    <message>
        <source>it is no object</source>
        <translation>ce n’est pas un objet</translation>
    </message>
    <message>
        <source>it has an unknown member “%1”</source>
        <translation>elle contient un membre inconnu, «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>“%1” is no text</source>
        <translation>«&#x202f;%1&#x202f;» n’est pas un texte</translation>
    </message>
    <message>
        <source>“%1” is neither true nor false</source>
        <translation>«&#x202f;%1&#x202f;» n’est ni vrai ni faux</translation>
    </message>
    <message>
        <source>“%1” is no list</source>
        <translation>«&#x202f;%1&#x202f;» n’est pas une liste</translation>
    </message>
    <message>
        <source>“%1” holds something else than texts</source>
        <translation>«&#x202f;%1&#x202f;» contient autre chose que des textes</translation>
    </message>
    <message>
        <source>“%1” is no absolute path</source>
        <translation>«&#x202f;%1&#x202f;» n’est pas un chemin absolu</translation>
    </message>
    <message>
        <source>“%1” cannot be an application: %2</source>
        <translation>«&#x202f;%1&#x202f;» ne peut pas être une application&#x202f;: %2</translation>
    </message>
    <message>
        <source>There is no time zone “%1”</source>
        <translation>Il n’y a pas de fuseau horaire «&#x202f;%1&#x202f;»</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>Impossible de lire %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>“maxPriority” is not between 0 and 7</source>
        <translation>«&#x202f;maxPriority&#x202f;» n’est pas entre 0 et 7</translation>
    </message>
    <message>
        <source>%1 cannot be used (%2). Mend it or move it away.</source>
        <translation>%1 est inutilisable (%2). Corrigez ce fichier ou déplacez-le.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Impossible d’écrire %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>%1 is being changed by another program.</source>
        <translation>%1 est en cours de modification par un autre programme.</translation>
    </message>
    <message>
        <source>There is no format “%1”. These are known: %2</source>
        <translation>Il n’y a pas de format «&#x202f;%1&#x202f;». Sont connus&#x202f;: %2</translation>
    </message>
</context>
<context>
    <name>SourceWords</name>
    <message>
        <source>Journal of another machine</source>
        <translation>Journal d’une autre machine</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Reading older entries</source>
        <translation>Lit les anciennes entrées</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>En suivi</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>pas de jeton</translation>
    </message>
    <message>
        <source>the token does not allow it</source>
        <translation>le jeton ne le permet pas</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>trop grand</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>incompréhensible</translation>
    </message>
    <message>
        <source>no time zone</source>
        <translation>fuseau horaire absent</translation>
    </message>
    <message>
        <source>a line that was probably cut by its sender</source>
        <translation>ligne sans doute coupée par son émetteur</translation>
    </message>
    <message>
        <source>removed from the journal before it was read</source>
        <translation>supprimé du journal avant d’être lu</translation>
    </message>
    <message>
        <source>the file was cut before it was read</source>
        <translation>fichier tronqué avant d’être lu</translation>
    </message>
    <message>
        <source>one application too many</source>
        <translation>une application de trop</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>non pris en charge</translation>
    </message>
    <message>
        <source>the container keeps no log</source>
        <translation>le conteneur ne garde pas de journal</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>illisible</translation>
    </message>
    <message>
        <source>too many containers</source>
        <translation>trop de conteneurs</translation>
    </message>
    <message>
        <source>no service.name, so the program&apos;s name is used</source>
        <translation>pas de service.name, d’où le nom du programme</translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation>pas un objet JSON</translation>
    </message>
    <message>
        <source>a packed file is damaged</source>
        <translation>fichier compressé endommagé</translation>
    </message>
    <message>
        <source>other reasons</source>
        <translation>autres raisons</translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused: %1</source>
        <translation>
            <numerusform>%Ln refusée&#x202f;: %1</numerusform>
            <numerusform>%Ln refusées&#x202f;: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lost: %1</source>
        <translation>
            <numerusform>%Ln perdue&#x202f;: %1</numerusform>
            <numerusform>%Ln perdues&#x202f;: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln guessed: %1</source>
        <translation>
            <numerusform>%Ln devinée&#x202f;: %1</numerusform>
            <numerusform>%Ln devinées&#x202f;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>First: the token&apos;s file</source>
        <translation>D’abord&#x202f;: le fichier du jeton</translation>
    </message>
    <message>
        <source>Shell: pipe</source>
        <translation>Shell&#x202f;: tube</translation>
    </message>
    <message>
        <source>Shell: program</source>
        <translation>Shell&#x202f;: programme</translation>
    </message>
    <message>
        <source>Python: logging</source>
        <translation>Python&#x202f;: logging</translation>
    </message>
    <message>
        <source>Python: program</source>
        <translation>Python&#x202f;: programme</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>Fichiers journaux</translation>
    </message>
    <message>
        <source>systemd: journal</source>
        <translation>systemd&#x202f;: journal</translation>
    </message>
    <message>
        <source>Put the token in place of TOKEN; the other lines read it from the file.</source>
        <translation>Remplacez TOKEN par le jeton&#x202f;; les autres lignes le lisent dans ce fichier.</translation>
    </message>
    <message>
        <source>Put your program in place of echo. What it writes while Vigie is not running is kept and sent later.</source>
        <translation>Remplacez echo par votre programme. Ce qu’il écrit quand Vigie est arrêtée est gardé et envoyé plus tard.</translation>
    </message>
    <message>
        <source>Put your program in place of echo. Its output stays on the terminal, and its exit status is passed on.</source>
        <translation>Remplacez echo par votre programme. Sa sortie reste dans le terminal, et son code de retour est transmis.</translation>
    </message>
    <message>
        <source>Logs, metrics and traces, without changing the program app.js.</source>
        <translation>Journaux, mesures et traces, sans modifier le programme app.js.</translation>
    </message>
    <message>
        <source>Their JSON lines are understood; app.js is your program.</source>
        <translation>Leurs lignes JSON sont comprises&#x202f;; app.js est votre programme.</translation>
    </message>
    <message>
        <source>Put it at the beginning of your program.</source>
        <translation>À placer au début de votre programme.</translation>
    </message>
    <message>
        <source>What app.py prints, as it is printed.</source>
        <translation>Ce qu’affiche app.py, tel qu’il l’affiche.</translation>
    </message>
    <message>
        <source>Formats and rotation are found by looking. Of several files, put the pattern in quotes.</source>
        <translation>Formats et rotation sont reconnus à la lecture. Pour plusieurs fichiers, mettez le motif entre guillemets.</translation>
    </message>
    <message>
        <source>Each container is an application; your user must be allowed to use the socket.</source>
        <translation>Chaque conteneur est une application&#x202f;; votre utilisateur doit pouvoir utiliser la socket.</translation>
    </message>
    <message>
        <source>Each unit is an application.</source>
        <translation>Chaque unité est une application.</translation>
    </message>
    <message>
        <source>For another machine&apos;s journal, as root there, with the address at which it reaches this one.</source>
        <translation>Pour le journal d’une autre machine, en root sur celle-ci, avec l’adresse à laquelle elle joint Vigie.</translation>
    </message>
    <message>
        <source>too many failed sign-ins</source>
        <translation>trop de connexions refusées</translation>
    </message>
    <message>
        <source>an address that takes nothing</source>
        <translation>adresse qui ne reçoit rien</translation>
    </message>
    <message>
        <source>neither JSON nor protobuf</source>
        <translation>ni JSON ni protobuf</translation>
    </message>
    <message>
        <source>There is no container engine here: its socket is missing</source>
        <translation>Aucun moteur de conteneurs ici&#x202f;: sa socket est introuvable</translation>
    </message>
    <message>
        <source>The engine has ended</source>
        <translation>Le moteur s’est arrêté</translation>
    </message>
    <message>
        <source>The engine cannot be reached</source>
        <translation>Le moteur est injoignable</translation>
    </message>
    <message>
        <source>What the engine answers is not HTTP</source>
        <translation>La réponse du moteur n’est pas du HTTP</translation>
    </message>
    <message>
        <source>The engine closed the connection too early</source>
        <translation>Le moteur a fermé la connexion trop tôt</translation>
    </message>
    <message>
        <source>The engine refuses</source>
        <translation>Le moteur refuse</translation>
    </message>
    <message>
        <source>It keeps no log that can be read</source>
        <translation>Il ne garde pas de journal lisible</translation>
    </message>
    <message>
        <source>There is no journal here that you may read</source>
        <translation>Aucun journal que vous puissiez lire ici</translation>
    </message>
    <message>
        <source>libsystemd is not installed</source>
        <translation>libsystemd n’est pas installée</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Lecture impossible</translation>
    </message>
    <message>
        <source>One more application may not send</source>
        <translation>Une application de plus ne peut pas envoyer</translation>
    </message>
    <message>
        <source>The system does not tell when it changes: it is looked at every 2 seconds</source>
        <translation>Le système ne signale pas ses changements&#x202f;: il est consulté toutes les 2 secondes</translation>
    </message>
    <message>
        <source>Its port is in use by another program</source>
        <translation>Son port est utilisé par un autre programme</translation>
    </message>
    <message>
        <source>Vigie cannot listen there</source>
        <translation>Vigie ne peut pas y écouter</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Container engine</source>
        <translation>Moteur de conteneurs</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Au repos</translation>
    </message>
    <message>
        <source>Node.js: OpenTelemetry</source>
        <translation>Node.js&#x202f;: OpenTelemetry</translation>
    </message>
    <message>
        <source>Node.js: pino, winston</source>
        <translation>Node.js&#x202f;: pino, winston</translation>
    </message>
    <message>
        <source>sent twice</source>
        <translation>envoyés deux fois</translation>
    </message>
    <message>
        <source>containers that could not be looked at</source>
        <translation>conteneurs impossibles à examiner</translation>
    </message>
</context>
<context>
    <name>TlsIdentity</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ne peut pas être lu&#x202f;: %2</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 ne peut pas être écrit&#x202f;: %2</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM.</source>
        <translation>%1 ne contient pas de certificat PEM.</translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM without a passphrase.</source>
        <translation>%1 ne contient pas de clé privée PEM sans phrase secrète.</translation>
    </message>
    <message>
        <source>The key in %1 is not that of the certificate in %2.</source>
        <translation>La clé de %1 n’est pas celle du certificat de %2.</translation>
    </message>
    <message>
        <source>A certificate could not be made.</source>
        <translation>Impossible de fabriquer un certificat.</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>B</source>
        <translation>o</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>Kio</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>Mio</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>Gio</translation>
    </message>
    <message>
        <source>TiB</source>
        <translation>Tio</translation>
    </message>
    <message>
        <source>PiB</source>
        <translation>Pio</translation>
    </message>
    <message>
        <source>B/s</source>
        <translation>o/s</translation>
    </message>
    <message>
        <source>KiB/s</source>
        <translation>Kio/s</translation>
    </message>
    <message>
        <source>MiB/s</source>
        <translation>Mio/s</translation>
    </message>
    <message>
        <source>GiB/s</source>
        <translation>Gio/s</translation>
    </message>
    <message>
        <source>TiB/s</source>
        <translation>Tio/s</translation>
    </message>
    <message>
        <source>PiB/s</source>
        <translation>Pio/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1&#xa0;j&#xa0;%2&#xa0;h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1&#xa0;h&#xa0;%2&#xa0;min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 of %2, %3 free</source>
        <comment>used, total, free</comment>
        <translation>%1 sur %2, %3 libres</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1&#xa0;j</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1&#xa0;h</translation>
    </message>
</context>
<context>
    <name>WatchCommand</name>
    <message>
        <source>no file matches yet</source>
        <translation>aucun fichier ne correspond encore</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) match</source>
        <translation>
            <numerusform>%Ln fichier correspond</numerusform>
            <numerusform>%Ln fichiers correspondent</numerusform>
        </translation>
    </message>
    <message>
        <source>--%1 does not go with this.</source>
        <translation>--%1 ne va pas avec cela.</translation>
    </message>
    <message>
        <source>%1 is not watched. vigie watch list shows what is.</source>
        <translation>%1 n’est pas suivi. vigie watch list montre ce qui l’est.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>the journal</source>
        <translation>le journal système</translation>
    </message>
    <message>
        <source>by unit</source>
        <translation>par unité</translation>
    </message>
    <message>
        <source>all units</source>
        <translation>toutes les unités</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>conteneurs</translation>
    </message>
    <message>
        <source>by container</source>
        <translation>par conteneur</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>OpenTelemetry</source>
        <translation>OpenTelemetry</translation>
    </message>
    <message>
        <source>by service</source>
        <translation>par service</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>port %1</translation>
    </message>
    <message>
        <source>Nothing is watched.</source>
        <translation>Rien n’est suivi.</translation>
    </message>
    <message>
        <source>Watching %1 for %2: %3.</source>
        <translation>%1 est suivi pour %2&#x202f;: %3.</translation>
    </message>
    <message>
        <source>%1 is watched no more.</source>
        <translation>%1 n’est plus suivi.</translation>
    </message>
    <message>
        <source>Watching the journal.</source>
        <translation>Le journal système est suivi.</translation>
    </message>
    <message>
        <source>The journal is watched no more.</source>
        <translation>Le journal système n’est plus suivi.</translation>
    </message>
    <message>
        <source>Watching containers.</source>
        <translation>Les conteneurs sont suivis.</translation>
    </message>
    <message>
        <source>Containers are watched no more.</source>
        <translation>Les conteneurs ne sont plus suivis.</translation>
    </message>
    <message>
        <source>Listening for OpenTelemetry on port %1.</source>
        <translation>OpenTelemetry est reçu sur le port %1.</translation>
    </message>
    <message>
        <source>Port %1 is not listened on any more.</source>
        <translation>Le port %1 n’est plus écouté.</translation>
    </message>
    <message>
        <source>The entries are those of &lt;application&gt;; must be given for files.</source>
        <translation>Les entrées sont celles de &lt;application&gt;&#x202f;; obligatoire pour des fichiers.</translation>
    </message>
    <message>
        <source>application</source>
        <translation>application</translation>
    </message>
    <message>
        <source>format</source>
        <translation>format</translation>
    </message>
    <message>
        <source>Times that name no zone are those of &lt;zone&gt;, such as Europe/Paris; without it, this machine&apos;s.</source>
        <translation>Les heures sans fuseau sont celles de &lt;fuseau&gt;, par exemple Europe/Paris&#x202f;; sans cela, celui de cette machine.</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>fuseau</translation>
    </message>
    <message>
        <source>Read also what is there already, packed files (.gz, .zst) included.</source>
        <translation>Lire aussi ce qui s’y trouve déjà, fichiers compressés (.gz, .zst) compris.</translation>
    </message>
    <message>
        <source>Watch systemd&apos;s journal.</source>
        <translation>Suivre le journal de systemd.</translation>
    </message>
    <message>
        <source>Only of &lt;unit&gt;; may be given several times.</source>
        <translation>Seulement de &lt;unité&gt;&#x202f;; peut être répété.</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>unité</translation>
    </message>
    <message>
        <source>Only entries of &lt;priority&gt;, from emerg (0) to debug (7), and more important ones.</source>
        <translation>Seulement les entrées de &lt;priorité&gt;, de emerg (0) à debug (7), et les plus importantes.</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>priorité</translation>
    </message>
    <message>
        <source>Only since the machine was started.</source>
        <translation>Seulement depuis le démarrage de la machine.</translation>
    </message>
    <message>
        <source>Watch the containers of Docker and Podman.</source>
        <translation>Suivre les conteneurs de Docker et de Podman.</translation>
    </message>
    <message>
        <source>By &lt;socket&gt;; may be given several times. Without it, by those that are usual.</source>
        <translation>Par &lt;socket&gt;&#x202f;; peut être répété. Sans cela, par les sockets habituels.</translation>
    </message>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>Only containers named &lt;name&gt;, with * and ?; may be given several times.</source>
        <translation>Seulement les conteneurs nommés &lt;nom&gt;, avec * et&#x202f;?&#x202f;; peut être répété.</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nom</translation>
    </message>
    <message>
        <source>Listen on port 4318 as well, where OpenTelemetry&apos;s exporters send to.</source>
        <translation>Écouter aussi sur le port 4318, où envoient les exportateurs d’OpenTelemetry.</translation>
    </message>
    <message>
        <source>vigie watch needs to know what to do: add, list, remove.</source>
        <translation>vigie watch doit savoir quoi faire&#x202f;: add, list, remove.</translation>
    </message>
    <message>
        <source>vigie watch has no action “%1”. Use add, list, remove.</source>
        <translation>vigie watch n’a pas d’action «&#x202f;%1&#x202f;». Utilisez add, list, remove.</translation>
    </message>
    <message>
        <source>vigie watch list takes nothing else.</source>
        <translation>vigie watch list ne prend rien d’autre.</translation>
    </message>
    <message>
        <source>Either files, or one of --journal, --containers and --otlp must be given.</source>
        <translation>Il faut donner soit des fichiers, soit l’une des options --journal, --containers et --otlp.</translation>
    </message>
    <message>
        <source>A file must have a name.</source>
        <translation>Un fichier doit avoir un nom.</translation>
    </message>
    <message>
        <source>--app must name an application.</source>
        <translation>--app doit nommer une application.</translation>
    </message>
    <message>
        <source>--%1 must be one of: %2; not “%3”.</source>
        <translation>--%1 doit être l’un de&#x202f;: %2&#x202f;; pas «&#x202f;%3&#x202f;».</translation>
    </message>
    <message>
        <source>There is no data folder %1.</source>
        <translation>Il n’y a pas de dossier de données %1.</translation>
    </message>
    <message>
        <source>It is read as soon as Vigie runs.</source>
        <translation>La lecture commencera dès que Vigie tournera.</translation>
    </message>
    <message>
        <source>The journal in &lt;folder&gt; in place of the machine&apos;s own.</source>
        <translation>Le journal qui est dans &lt;dossier&gt;, à la place de celui de la machine.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>dossier</translation>
    </message>
    <message>
        <source>The lines are in &lt;format&gt;, one of %1; without it, that is found by looking.</source>
        <translation>Les lignes sont au &lt;format&gt;, l’un de %1&#x202f;; sans cela, il est reconnu en regardant.</translation>
    </message>
    <message>
        <source>%1 is a folder. Its files are watched by &apos;%2&apos;.</source>
        <translation>%1 est un dossier. Ses fichiers sont surveillés par &apos;%2&apos;.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>vigie: %1</source>
        <translation>vigie&#x202f;:&#xa0;%1</translation>
    </message>
    <message>
        <source>Cannot make the data folder %1.</source>
        <translation>Impossible de créer le dossier de données&#xa0;%1.</translation>
    </message>
    <message>
        <source>Cannot read and write the data folder %1.</source>
        <translation>Impossible de lire et d’écrire dans le dossier de données&#xa0;%1.</translation>
    </message>
    <message>
        <source>Try vigie --help.</source>
        <translation>Essayez vigie --help.</translation>
    </message>
    <message>
        <source>No display: running without a window.</source>
        <translation>Pas d’affichage&#x202f;: Vigie tourne sans fenêtre.</translation>
    </message>
    <message>
        <source>The data folder %1 is in use by another Vigie (process %2 on %3).</source>
        <translation>Le dossier de données %1 est utilisé par un autre Vigie (processus %2 sur %3).</translation>
    </message>
    <message>
        <source>The data folder %1 is in use by another Vigie.</source>
        <translation>Le dossier de données %1 est utilisé par un autre Vigie.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>Impossible d’écrire %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>Cannot listen at %1: %2</source>
        <translation>Impossible d’écouter sur %1&#x202f;: %2</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Il n’y a pas de fichier %1.</translation>
    </message>
    <message>
        <source>This needs a display, or a Vigie that runs with a window.</source>
        <translation>Il faut pour cela un écran, ou une Vigie lancée avec une fenêtre.</translation>
    </message>
    <message>
        <source>It is at %1.</source>
        <translation>Elle est à l’adresse %1.</translation>
    </message>
    <message>
        <source>It has no window.</source>
        <translation>Elle n’a pas de fenêtre.</translation>
    </message>
    <message>
        <source>Cannot make the folder %1.</source>
        <translation>Impossible de créer le dossier %1.</translation>
    </message>
    <message>
        <source>a path must not hold a line break</source>
        <translation>un chemin ne doit pas contenir de saut de ligne</translation>
    </message>
    <message>
        <source>Vigie is running already (process %1): its window was asked to come to the front.</source>
        <translation>Vigie est déjà lancée (processus %1)&#x202f;: sa fenêtre a été appelée au premier plan.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 est inutilisable&#x202f;: %2</translation>
    </message>
    <message>
        <source>Cannot write the standard output: %1</source>
        <translation>Impossible d’écrire la sortie standard&#x202f;: %1</translation>
    </message>
    <message>
        <source>Vigie is running already (process %1): its window was asked to open %2.</source>
        <translation>Vigie est déjà lancée (processus %1)&#x202f;: sa fenêtre doit ouvrir %2.</translation>
    </message>
    <message>
        <source>%1 was written by a later Vigie, and this one cannot read it. Install that version again; or start this one with another --data-dir, and bring entries over by the later one&apos;s vigie export.</source>
        <translation>%1 a été écrit par une Vigie plus récente, que celle-ci ne sait pas lire. Réinstallez cette version-là&#x202f;; ou lancez celle-ci avec un autre --data-dir, et reprenez les entrées par vigie export de la plus récente.</translation>
    </message>
</context>
<context>
    <name>vigie::AccessDialog</name>
    <message>
        <source>Clients and Access</source>
        <translation>Clients et accès</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Jetons</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqués</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
</context>
<context>
    <name>vigie::AccessStore</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 ne peut pas être écrit&#x202f;: %2</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 ne peut pas être lu</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ne peut pas être lu&#x202f;: %2</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 ne peut pas être écrit</translation>
    </message>
</context>
<context>
    <name>vigie::ActivityBar</name>
    <message>
        <source>Not reachable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>Address to share</source>
        <translation>Adresse à partager</translation>
    </message>
    <message>
        <source>%1 entries/s</source>
        <translation>%1&#xa0;entrées/s</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 d’erreurs</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message numerus="yes">
        <source>%Ln client(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;client</numerusform>
            <numerusform>%Ln&#xa0;clients</numerusform>
        </translation>
    </message>
    <message>
        <source>Shared at %1</source>
        <translation>Partagé sur %1</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1, as before.</source>
        <translation>Les programmes de cette machine se connectent à %1, comme avant.</translation>
    </message>
    <message>
        <source>Shared, but on no network now</source>
        <translation>Partagé, mais sur aucun réseau pour l’instant</translation>
    </message>
    <message>
        <source>The certificate&apos;s SHA-256: %1</source>
        <translation>SHA-256 du certificat&#x202f;: %1</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1.</source>
        <translation>Les programmes de cette machine se connectent à %1.</translation>
    </message>
    <message>
        <source>On this machine only your own programs and root&apos;s come in without a token.</source>
        <translation>Sur cette machine, seuls vos programmes et ceux de root entrent sans jeton.</translation>
    </message>
    <message>
        <source>On this machine the programs of all users come in without a token.</source>
        <translation>Sur cette machine, les programmes de tous les utilisateurs entrent sans jeton.</translation>
    </message>
    <message>
        <source>This machine has been up for %1</source>
        <comment>uptime</comment>
        <translation>Cette machine est allumée depuis %1</translation>
    </message>
</context>
<context>
    <name>vigie::Application</name>
    <message>
        <source>Vigie is at %1</source>
        <translation>Vigie est à l’adresse&#xa0;%1</translation>
    </message>
    <message>
        <source>vigie: %1</source>
        <translation>vigie&#x202f;:&#xa0;%1</translation>
    </message>
    <message>
        <source>vigie: A history file could not be read; it is kept as %1.</source>
        <translation>vigie&#x202f;: un fichier d’historique n’a pas pu être lu&#x202f;; il est gardé sous %1.</translation>
    </message>
    <message>
        <source>vigie: %1. Nobody is let in by a token.</source>
        <translation>vigie&#x202f;: %1. Personne n’est admis par un jeton.</translation>
    </message>
    <message>
        <source>Its certificate&apos;s SHA-256: %1</source>
        <translation>SHA-256 de son certificat&#x202f;: %1</translation>
    </message>
    <message>
        <source>vigie: Whoever reaches this address reads and changes everything, and what is sent can be read on the way.</source>
        <translation>vigie&#x202f;: quiconque atteint cette adresse lit et modifie tout, et ce qui est envoyé peut être lu en chemin.</translation>
    </message>
    <message>
        <source>Shared at %1</source>
        <translation>Partagé sur %1</translation>
    </message>
    <message>
        <source>Sharing is off, as Vigie was started with --host %1. Share… turns it on.</source>
        <translation>Le partage est coupé, car Vigie a été lancé avec --host %1. Partager… le rétablit.</translation>
    </message>
    <message>
        <source>Shared, but this machine has no address on a network now.</source>
        <translation>Partagé, mais cette machine n’a aucune adresse sur un réseau pour l’instant.</translation>
    </message>
    <message>
        <source>vigie: What is sent can be read and changed on the way, tokens too.</source>
        <translation>vigie&#x202f;: Ce qui est envoyé peut être lu et modifié en chemin, les jetons aussi.</translation>
    </message>
    <message>
        <source>Programs of this machine connect to %1</source>
        <translation>Les programmes de cette machine se connectent à %1</translation>
    </message>
    <message>
        <source>settings.json: from the next start on: %1</source>
        <translation>settings.json&#x202f;: à partir du prochain démarrage&#x202f;: %1</translation>
    </message>
    <message numerus="yes">
        <source>Joined the bus: %n copies of each entry.</source>
        <translation>
            <numerusform>Sur le bus : une copie de chaque entrée.</numerusform>
            <numerusform>Sur le bus : %n copies de chaque entrée.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not on the bus: %1. What comes is shared as soon as it is.</source>
        <translation>Pas sur le bus : %1. Ce qui arrive sera partagé dès que possible.</translation>
    </message>
    <message>
        <source>The bus is not as it should be: %1.</source>
        <translation>Le bus n’est pas comme il devrait être : %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were no longer on the bus when this machine came back.</source>
        <translation>
            <numerusform>Un message n’était plus sur le bus au retour de cette machine.</numerusform>
            <numerusform>%n messages n’étaient plus sur le bus au retour de cette machine.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something on the bus is not understood; it is of a later Vigie, or damaged.</source>
        <translation>Quelque chose sur le bus n’est pas compris ; cela vient d’un Vigie ultérieur, ou est abîmé.</translation>
    </message>
</context>
<context>
    <name>vigie::AppsPage</name>
    <message>
        <source>Add Application</source>
        <translation>Ajouter une application</translation>
    </message>
    <message>
        <source>Its name, as its programs give it:</source>
        <translation>Son nom, tel que ses programmes le donnent&#x202f;:</translation>
    </message>
    <message>
        <source>Remove Application</source>
        <translation>Retirer l’application</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Retirer %1&#x202f;?</translation>
    </message>
    <message>
        <source>Its tokens are revoked, and whoever is connected with one is disconnected. Its logs are kept.</source>
        <translation>Ses jetons sont révoqués, et qui est connecté avec l’un d’eux est déconnecté. Ses journaux sont conservés.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Valid tokens</source>
        <translation>Jetons valables</translation>
    </message>
    <message>
        <source>Applications</source>
        <translation>Applications</translation>
    </message>
    <message>
        <source>&amp;Add Application…</source>
        <translation>&amp;Ajouter une application…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Retirer…</translation>
    </message>
    <message>
        <source>There are no applications with tokens.</source>
        <translation>Il n’y a pas d’application avec des jetons.</translation>
    </message>
</context>
<context>
    <name>vigie::AuditPage</name>
    <message>
        <source>Export Audit</source>
        <translation>Exporter l’audit</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Lignes JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Détail</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search the audit</source>
        <translation>Chercher dans l’audit</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Il ne s’est encore rien passé.</translation>
    </message>
    <message>
        <source>Of %1 events, the newest %2 are shown and searched. Export writes them all.</source>
        <translation>Sur %1 événements, l’affichage et la recherche portent sur les %2 plus récents. L’export les écrit tous.</translation>
    </message>
</context>
<context>
    <name>vigie::BlocksPage</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Known as</source>
        <translation>Connu comme</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Blocked addresses</source>
        <translation>Adresses bloquées</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Débloquer</translation>
    </message>
    <message>
        <source>No address is blocked.</source>
        <translation>Aucune adresse n’est bloquée.</translation>
    </message>
</context>
<context>
    <name>vigie::CertificateDialog</name>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>People who open your links see this machine&apos;s certificate. It is the right one if the browser shows this SHA-256, so give it to them another way, for example by phone.</source>
        <translation>Qui ouvre vos liens voit le certificat de cette machine. C’est le bon si le navigateur montre ce SHA-256&#x202f;: dites-le par une autre voie, comme le téléphone.</translation>
    </message>
    <message>
        <source>SHA-256 of the certificate</source>
        <translation>SHA-256 du certificat</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
</context>
<context>
    <name>vigie::ChartCard</name>
    <message>
        <source>Waiting for the first measurement…</source>
        <translation>En attente de la première mesure…</translation>
    </message>
    <message>
        <source>%1, chart</source>
        <translation>%1, graphique</translation>
    </message>
    <message>
        <source>As of %1</source>
        <comment>time</comment>
        <translation>Relevé de %1</translation>
    </message>
</context>
<context>
    <name>vigie::ClientsPage</name>
    <message>
        <source>Not signed in</source>
        <translation>Non identifié</translation>
    </message>
    <message>
        <source>No token needed</source>
        <translation>Aucun jeton requis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(s)</source>
        <translation>
            <numerusform>%Ln entrée</numerusform>
            <numerusform>%Ln entrées</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <comment>lag</comment>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Bloquer</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>Bloquer %1&#x202f;?</translation>
    </message>
    <message>
        <source>Nobody at this address can connect any more.</source>
        <translation>Plus personne ne pourra se connecter depuis cette adresse.</translation>
    </message>
    <message>
        <source>Programs on this machine cannot be blocked by address.</source>
        <translation>Les programmes de cette machine ne peuvent pas être bloqués par adresse.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Retard</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>Clients</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>&amp;Déconnecter</translation>
    </message>
    <message>
        <source>&amp;Block…</source>
        <translation>&amp;Bloquer…</translation>
    </message>
    <message>
        <source>Nobody is connected.</source>
        <translation>Personne n’est connecté.</translation>
    </message>
    <message>
        <source>Nobody at this address can connect any more, and this client&apos;s token is revoked.</source>
        <translation>Plus personne à cette adresse ne pourra se connecter, et le jeton de ce client est révoqué.</translation>
    </message>
</context>
<context>
    <name>vigie::ConnectHint</name>
    <message>
        <source>No logs yet</source>
        <translation>Aucun journal pour l’instant</translation>
    </message>
    <message>
        <source>Applications can send their logs as soon as the server listens.</source>
        <translation>Les applications pourront envoyer leurs journaux dès que le serveur sera à l’écoute.</translation>
    </message>
    <message>
        <source>Code that sends a first entry</source>
        <translation>Code qui envoie une première entrée</translation>
    </message>
    <message>
        <source>Programs of other users of this machine need a token as well.</source>
        <translation>Les programmes d’autres utilisateurs de cette machine ont aussi besoin d’un jeton.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>The charts of this machine are recorded already; nothing has to be sent for them.</source>
        <translation>Les graphiques de cette machine sont déjà enregistrés&#x202f;; il n’y a rien à envoyer pour eux.</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Open in Browser</source>
        <translation>Ouvrir dans le navigateur</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Paste it into a terminal; it needs curl</source>
        <translation>À coller dans un terminal&#x202f;; curl est nécessaire</translation>
    </message>
    <message>
        <source>Paste it into a terminal; it needs Python 3</source>
        <translation>À coller dans un terminal&#x202f;; Python 3 est nécessaire</translation>
    </message>
    <message>
        <source>Paste it into the browser&apos;s console (F12) or Node.js 22</source>
        <translation>À coller dans la console du navigateur (F12) ou dans Node.js 22</translation>
    </message>
    <message>
        <source>Applications send their logs to %1. Copy this, run it, and the first entry appears here.</source>
        <translation>Les applications envoient leurs journaux à %1. Copiez ceci, exécutez-le, et la première entrée apparaît ici.</translation>
    </message>
    <message>
        <source>Add a Source…</source>
        <translation>Ajouter une source…</translation>
    </message>
</context>
<context>
    <name>vigie::CornerBar</name>
    <message>
        <source>Range of the charts</source>
        <translation>Étendue des graphiques</translation>
    </message>
</context>
<context>
    <name>vigie::CpuCard</name>
    <message>
        <source>CPU</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>This machine gives no CPU figures.</source>
        <translation>Cette machine ne fournit pas de mesures du processeur.</translation>
    </message>
    <message>
        <source>used</source>
        <translation>utilisé</translation>
    </message>
    <message>
        <source>%1 · load %2  %3  %4</source>
        <comment>cores, load averages</comment>
        <translation>%1 · charge&#xa0;%2 &#xa0;%3 &#xa0;%4</translation>
    </message>
    <message numerus="yes">
        <source>%Ln core(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;cœur</numerusform>
            <numerusform>%Ln&#xa0;cœurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln core(s) allowed to Vigie</source>
        <comment>0.5 of 2 cores</comment>
        <translation>
            <numerusform>%1 sur %Ln cœur permis à Vigie</numerusform>
            <numerusform>%1 sur %Ln cœurs permis à Vigie</numerusform>
        </translation>
    </message>
    <message>
        <source>Core %1</source>
        <translation>Cœur %1</translation>
    </message>
</context>
<context>
    <name>vigie::DeleteDialog</name>
    <message>
        <source>Delete Stored Entries</source>
        <translation>Supprimer les entrées conservées</translation>
    </message>
    <message>
        <source>Delete the entries of “%1” that Vigie holds in memory?</source>
        <translation>Supprimer les entrées de «&#x202f;%1&#x202f;» que Vigie garde en mémoire&#x202f;?</translation>
    </message>
    <message>
        <source>They are gone for good, for everyone who reads them, here and in browsers. To empty only this view, choose Clear View instead.</source>
        <translation>Elles seront perdues définitivement pour tous ceux qui les lisent, ici et dans les navigateurs. Pour ne vider que cet affichage, choisissez plutôt «&#x202f;Vider l’affichage&#x202f;».</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln stored entry(ies) of “%1” for good?</source>
        <translation>
            <numerusform>Supprimer définitivement %Ln&#xa0;entrée conservée de «&#x202f;%1&#x202f;»&#x202f;?</numerusform>
            <numerusform>Supprimer définitivement %Ln&#xa0;entrées conservées de «&#x202f;%1&#x202f;»&#x202f;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete more than %Ln stored entry(ies) of “%1” for good?</source>
        <translation>
            <numerusform>Supprimer définitivement plus de %Ln&#xa0;entrée conservée de «&#x202f;%1&#x202f;»&#x202f;?</numerusform>
            <numerusform>Supprimer définitivement plus de %Ln&#xa0;entrées conservées de «&#x202f;%1&#x202f;»&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting the stored entries of “%1”…</source>
        <translation>Comptage des entrées conservées de «&#x202f;%1&#x202f;»…</translation>
    </message>
    <message>
        <source>Delete all stored entries of “%1” for good? Their number is unknown, as the store does not answer.</source>
        <translation>Supprimer définitivement toutes les entrées conservées de «&#x202f;%1&#x202f;»&#x202f;? Leur nombre est inconnu, car l’historique ne répond pas.</translation>
    </message>
</context>
<context>
    <name>vigie::DiskCard</name>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>This machine gives no disk figures.</source>
        <translation>Cette machine ne fournit pas de mesures du disque.</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lu</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Écrit</translation>
    </message>
    <message>
        <source>written</source>
        <translation>écrit</translation>
    </message>
    <message>
        <source>%1 full · %2</source>
        <comment>share, used of total</comment>
        <translation>plein à %1 · %2</translation>
    </message>
</context>
<context>
    <name>vigie::EntryBars</name>
    <message>
        <source>Entries by level over time</source>
        <translation>Entrées par niveau au fil du temps</translation>
    </message>
    <message>
        <source>%1 entries, %2 errors</source>
        <translation>%1 entrées, %2 erreurs</translation>
    </message>
    <message>
        <source>Entries by level</source>
        <translation>Entrées par niveau</translation>
    </message>
    <message>
        <source>Entries by level, the oldest not counted</source>
        <translation>Entrées par niveau, sauf les plus anciennes</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1&#xa0;ms</translation>
    </message>
    <message>
        <source>up to %1 in %2</source>
        <comment>entries, time</comment>
        <translation>jusqu’à %1 en %2</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Débogage</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Fatal</source>
        <translation>Fatal</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
</context>
<context>
    <name>vigie::EntryMenu</name>
    <message>
        <source>&amp;Copy as Text</source>
        <translation>&amp;Copier en texte</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Copier en &amp;JSON</translation>
    </message>
    <message>
        <source>&amp;Filter For</source>
        <translation>&amp;Filtrer sur</translation>
    </message>
    <message>
        <source>Filter &amp;Out</source>
        <translation>E&amp;xclure</translation>
    </message>
    <message>
        <source>&amp;Around This Moment</source>
        <translation>&amp;Autour de ce moment</translation>
    </message>
    <message>
        <source>&amp;Highlight…</source>
        <translation>&amp;Surligner…</translation>
    </message>
    <message>
        <source>Show &amp;Trace</source>
        <translation>Afficher la &amp;trace</translation>
    </message>
</context>
<context>
    <name>vigie::ExportDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Export Entries</source>
        <translation>Exporter les entrées</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written…</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée écrite…</numerusform>
            <numerusform>%Ln&#xa0;entrées écrites…</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to %1.</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée écrite dans %1.</numerusform>
            <numerusform>%Ln&#xa0;entrées écrites dans %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot write %1: %2. Nothing was left there.</source>
        <translation>Impossible d’écrire %1&#x202f;: %2. Rien n’y a été laissé.</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>Lignes JSON (*.jsonl)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>logs</source>
        <translation>journaux</translation>
    </message>
</context>
<context>
    <name>vigie::FileBar</name>
    <message>
        <source>Reading %1: %2 lines so far…</source>
        <translation>Lecture de %1&#x202f;: %2 lignes jusqu’ici…</translation>
    </message>
    <message>
        <source>%1: all %2 lines.</source>
        <translation>%1&#x202f;: les %2 lignes.</translation>
    </message>
    <message>
        <source>%1: the newest %2 entries of %3 lines.</source>
        <translation>%1&#x202f;: les %2 entrées les plus récentes de %3 lignes.</translation>
    </message>
    <message>
        <source>Followed as it grows.</source>
        <translation>Suivi en continu.</translation>
    </message>
    <message>
        <source>Compressed, so not followed.</source>
        <translation>Compressé, donc pas suivi.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Hide this note</source>
        <translation>Masquer cette note</translation>
    </message>
    <message>
        <source>Close File</source>
        <translation>Fermer le fichier</translation>
    </message>
</context>
<context>
    <name>vigie::FileFollower</name>
    <message numerus="yes">
        <source>No more than %n files can be open at once.</source>
        <translation>
            <numerusform>Pas plus de %n fichier ne peut être ouvert à la fois.</numerusform>
            <numerusform>Pas plus de %n fichiers ne peuvent être ouverts à la fois.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vigie::FilterChips</name>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Remove the filter %1</source>
        <translation>Retirer le filtre %1</translation>
    </message>
</context>
<context>
    <name>vigie::GeneralSettings</name>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Comme le bureau</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Font of the log</source>
        <translation>Police du journal</translation>
    </message>
    <message>
        <source>The desktop&apos;s fixed-width font</source>
        <translation>La police à chasse fixe du bureau</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>As the window&apos;s text</source>
        <translation>Comme le texte de la fenêtre</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <translation>%1 pt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Start Vigie when I log in</source>
        <translation>Démarrer Vigie à l’ouverture de ma session</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>La fermeture de la fenêtre</translation>
    </message>
    <message>
        <source>Asks what to do</source>
        <translation>Me demander</translation>
    </message>
    <message>
        <source>Quits Vigie</source>
        <translation>Quitte Vigie</translation>
    </message>
    <message>
        <source>Keeps Vigie running in the tray</source>
        <translation>Garde Vigie dans la zone de notification</translation>
    </message>
    <message>
        <source>This desktop has no tray: closing the window quits Vigie.</source>
        <translation>Ce bureau n’a pas de zone de notification&#x202f;: fermer la fenêtre quitte Vigie.</translation>
    </message>
</context>
<context>
    <name>vigie::HiddenHint</name>
    <message>
        <source>Charts and logs are hidden.</source>
        <translation>Les graphiques et les journaux sont masqués.</translation>
    </message>
    <message>
        <source>Show Charts</source>
        <translation>Afficher les graphiques</translation>
    </message>
    <message>
        <source>Show Logs</source>
        <translation>Afficher les journaux</translation>
    </message>
</context>
<context>
    <name>vigie::HighlightsDialog</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Surlignages</translation>
    </message>
    <message>
        <source>There are %1 highlights, as many as there can be. Remove one to add another.</source>
        <translation>Il y a %1 surlignages, le maximum. Retirez-en un pour en ajouter un autre.</translation>
    </message>
    <message>
        <source>Entries whose message or metadata contain one of these texts are shown in its colour.</source>
        <translation>Les entrées dont le message ou les métadonnées contiennent un de ces textes prennent sa couleur.</translation>
    </message>
</context>
<context>
    <name>vigie::HistorySettings</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Measure every</source>
        <translation>Mesurer toutes les</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Journaux</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>Garder pendant</translation>
    </message>
    <message>
        <source>days</source>
        <translation>jours</translation>
    </message>
    <message>
        <source>Disk space, at most</source>
        <translation>Utiliser au plus</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>Mio</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Mesures</translation>
    </message>
    <message>
        <source>Whichever comes first: beyond either, the oldest is deleted for good. Lower values take effect within a minute.</source>
        <translation>La première limite atteinte compte&#x202f;: au-delà, le plus ancien est supprimé définitivement. Des valeurs plus basses prennent effet en moins d’une minute.</translation>
    </message>
</context>
<context>
    <name>vigie::JoinBanner</name>
    <message>
        <source>Let in…</source>
        <translation>Laisser entrer…</translation>
    </message>
    <message>
        <source>This &amp;Once</source>
        <translation>Cette &amp;fois</translation>
    </message>
    <message>
        <source>For a &amp;Day</source>
        <translation>Pour un &amp;jour</translation>
    </message>
    <message>
        <source>&amp;Always</source>
        <translation>&amp;Toujours</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Bloquer</translation>
    </message>
    <message>
        <source>Refuse, and block this address</source>
        <translation>Refuser, et bloquer cette adresse</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more wait(s).</source>
        <translation>
            <numerusform>%Ln autre attend.</numerusform>
            <numerusform>%Ln autres attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>Pour lire</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>As they say: not verified</source>
        <translation>D’après cette personne&#x202f;: non vérifié</translation>
    </message>
    <message>
        <source>Someone is asking for access</source>
        <translation>Quelqu’un demande l’accès</translation>
    </message>
</context>
<context>
    <name>vigie::LevelsMenu</name>
    <message>
        <source>All levels</source>
        <translation>Tous les niveaux</translation>
    </message>
    <message>
        <source>Warning and above</source>
        <translation>Avertissements et plus</translation>
    </message>
    <message>
        <source>Trace only</source>
        <translation>Traces seulement</translation>
    </message>
    <message>
        <source>Debug only</source>
        <translation>Débogage seulement</translation>
    </message>
    <message>
        <source>Info only</source>
        <translation>Infos seulement</translation>
    </message>
    <message>
        <source>Warnings only</source>
        <translation>Avertissements seulement</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Erreurs seulement</translation>
    </message>
    <message>
        <source>Fatal only</source>
        <translation>Fatal seulement</translation>
    </message>
    <message>
        <source>Other levels only</source>
        <translation>Autres niveaux seulement</translation>
    </message>
    <message numerus="yes">
        <source>%Ln level(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;niveau</numerusform>
            <numerusform>%Ln&#xa0;niveaux</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Levels</source>
        <translation>&amp;Niveaux</translation>
    </message>
    <message>
        <source>&amp;All</source>
        <translation>&amp;Tous</translation>
    </message>
    <message>
        <source>Warning and A&amp;bove</source>
        <translation>Avertissements et &amp;plus</translation>
    </message>
    <message>
        <source>A click shows only that level; a click on its box adds it or takes it away</source>
        <translation>Un clic n’affiche que ce niveau&#x202f;; un clic sur sa case l’ajoute ou le retire</translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation>&amp;Trace</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>&amp;Débogage</translation>
    </message>
    <message>
        <source>&amp;Info</source>
        <translation>&amp;Info</translation>
    </message>
    <message>
        <source>&amp;Warning</source>
        <translation>&amp;Avertissement</translation>
    </message>
    <message>
        <source>&amp;Error</source>
        <translation>&amp;Erreur</translation>
    </message>
    <message>
        <source>&amp;Fatal</source>
        <translation>&amp;Fatal</translation>
    </message>
    <message>
        <source>&amp;Other</source>
        <translation>A&amp;utre</translation>
    </message>
</context>
<context>
    <name>vigie::LimitSettings</name>
    <message>
        <source>What applications and viewers may use at most. Changes take effect when Vigie is started again.</source>
        <translation>Ce que les applications et les lecteurs peuvent utiliser au plus. Les changements prennent effet au prochain démarrage de Vigie.</translation>
    </message>
    <message>
        <source>Limit this machine&apos;s programs too</source>
        <translation>Limiter aussi les programmes de cette machine</translation>
    </message>
</context>
<context>
    <name>vigie::LimitsPage</name>
    <message>
        <source>%1 per second, %2 at once</source>
        <translation>%1 par seconde, %2 à la fois</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Au plus</translation>
    </message>
    <message>
        <source>Refused since the start</source>
        <translation>Refus depuis le démarrage</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>%1 levels, words of %2</source>
        <translation>%1 niveaux, mots de %2</translation>
    </message>
    <message>
        <source>%1 at once, %2 of one address, %3 per hour</source>
        <translation>%1 à la fois, %2 par adresse, %3 par heure</translation>
    </message>
</context>
<context>
    <name>vigie::ListenBanner</name>
    <message>
        <source>Shared without protection: whoever reaches %1 reads and changes everything.</source>
        <translation>Partagé sans protection&#x202f;: quiconque atteint %1 lit et modifie tout.</translation>
    </message>
    <message>
        <source>Shared without encryption: what goes to and from %1 can be read and changed on the way, tokens too.</source>
        <translation>Partagé sans chiffrement&#x202f;: ce qui va vers %1 et en vient peut être lu et modifié en chemin, les jetons aussi.</translation>
    </message>
</context>
<context>
    <name>vigie::LogActions</name>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Rechercher…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>F&amp;ollow New Entries</source>
        <translation>&amp;Suivre les nouvelles entrées</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>Show &amp;Details</source>
        <translation>Afficher les &amp;détails</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>&amp;Reset Filters</source>
        <translation>Ré&amp;initialiser les filtres</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Réinitialiser</translation>
    </message>
    <message>
        <source>C&amp;lear View</source>
        <translation>&amp;Vider l’affichage</translation>
    </message>
    <message>
        <source>&amp;Go to Time…</source>
        <translation>Aller &amp;à une date…</translation>
    </message>
    <message>
        <source>Go to time</source>
        <translation>Aller à</translation>
    </message>
    <message>
        <source>&amp;Wrap Lines</source>
        <translation>Retour à la &amp;ligne</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Retour à la ligne</translation>
    </message>
    <message>
        <source>&amp;Copy Entry as JSON</source>
        <translation>&amp;Copier l’entrée en JSON</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>&amp;Highlights…</source>
        <translation>S&amp;urlignages…</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Surlignages</translation>
    </message>
    <message>
        <source>Clear view</source>
        <translation>Vider l’affichage</translation>
    </message>
    <message>
        <source>Delete &amp;Stored Entries…</source>
        <translation>&amp;Supprimer les entrées conservées…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>S&amp;aved Searches</source>
        <translation>Recherches &amp;enregistrées</translation>
    </message>
    <message>
        <source>&amp;Save This Search…</source>
        <translation>&amp;Enregistrer cette recherche…</translation>
    </message>
    <message>
        <source>Save search</source>
        <translation>Enregistrer la recherche</translation>
    </message>
</context>
<context>
    <name>vigie::LogCommands</name>
    <message>
        <source>Highlight</source>
        <translation>Surligner</translation>
    </message>
    <message>
        <source>Save Search</source>
        <translation>Enregistrer la recherche</translation>
    </message>
    <message>
        <source>Name of the search:</source>
        <translation>Nom de la recherche&#x202f;:</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>Highlight entries whose message or metadata contain:</source>
        <translation>Surligner les entrées dont le message ou les métadonnées contiennent&#x202f;:</translation>
    </message>
    <message>
        <source>There are %1 saved searches, as many as there can be.</source>
        <translation>Il y a %1 recherches enregistrées, le maximum.</translation>
    </message>
    <message>
        <source>Delete one of them first, or give this one the name of one that it replaces.</source>
        <translation>Supprimez-en une d’abord, ou donnez à celle-ci le nom de celle qu’elle remplace.</translation>
    </message>
</context>
<context>
    <name>vigie::LogDetails</name>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Message and metadata</source>
        <translation>Message et métadonnées</translation>
    </message>
    <message>
        <source>Copy the entry as JSON</source>
        <translation>Copier l’entrée en JSON</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Fermer les détails</translation>
    </message>
    <message>
        <source>Choose an entry to see all of it.</source>
        <translation>Choisissez une entrée pour la voir en entier.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>Retour à la liste (Échap)</translation>
    </message>
    <message>
        <source>Show Trace</source>
        <translation>Afficher la trace</translation>
    </message>
    <message>
        <source>Show the spans and entries of this trace on the time axis</source>
        <translation>Afficher les spans et les entrées de cette trace sur l’axe du temps</translation>
    </message>
</context>
<context>
    <name>vigie::LogFilters</name>
    <message>
        <source>All applications</source>
        <translation>Toutes les applications</translation>
    </message>
    <message>
        <source>Not a regular expression: %1</source>
        <translation>Expression régulière incorrecte&#x202f;: %1</translation>
    </message>
    <message>
        <source>Regular Expression</source>
        <translation>Expression régulière</translation>
    </message>
    <message>
        <source>Search by a regular expression</source>
        <translation>Rechercher par expression régulière</translation>
    </message>
</context>
<context>
    <name>vigie::LogModel</name>
    <message>
        <source>%1, %2, %3, %4: %5</source>
        <comment>time, level, application, sender, message</comment>
        <translation>%1, %2, %3, %4&#x202f;: %5</translation>
    </message>
</context>
<context>
    <name>vigie::LogPanel</name>
    <message>
        <source>Log entries</source>
        <translation>Entrées des journaux</translation>
    </message>
    <message>
        <source>No entry passes the filters.</source>
        <translation>Aucune entrée ne passe les filtres.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies)</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée</numerusform>
            <numerusform>%Ln&#xa0;entrées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln entry(ies)</source>
        <translation>
            <numerusform>%1 sur %Ln&#xa0;entrée</numerusform>
            <numerusform>%1 sur %Ln&#xa0;entrées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) skipped on screen (the history has them all)</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée non affichée (l’historique la contient)</numerusform>
            <numerusform>%Ln&#xa0;entrées non affichées (l’historique les contient toutes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new entry(ies)</source>
        <translation>
            <numerusform>%Ln&#xa0;nouvelle entrée</numerusform>
            <numerusform>%Ln&#xa0;nouvelles entrées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) skipped on screen</source>
        <translation>
            <numerusform>%Ln entrée non affichée</numerusform>
            <numerusform>%Ln entrées non affichées</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for entries…</source>
        <translation>Recherche d’entrées…</translation>
    </message>
    <message>
        <source>There are no entries.</source>
        <translation>Il n’y a aucune entrée.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln stored entry(ies)</source>
        <translation>
            <numerusform>%1 sur %Ln&#xa0;entrée conservée</numerusform>
            <numerusform>%1 sur %Ln&#xa0;entrées conservées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stored entry(ies)</source>
        <translation>
            <numerusform>%Ln&#xa0;entrée conservée</numerusform>
            <numerusform>%Ln&#xa0;entrées conservées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln found so far</source>
        <translation>
            <numerusform>%Ln&#xa0;trouvée jusqu’ici</numerusform>
            <numerusform>%Ln&#xa0;trouvées jusqu’ici</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, back to %2</source>
        <comment>120 found so far, back to 30 Nov, 09:00</comment>
        <translation>%1, jusqu’au %2</translation>
    </message>
    <message>
        <source>There are no entries in this stretch.</source>
        <translation>Il n’y a aucune entrée dans cette période.</translation>
    </message>
    <message>
        <source>Reset Filters</source>
        <translation>Réinitialiser les filtres</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln entry(ies) in this file</source>
        <translation>
            <numerusform>%1 sur %Ln entrée dans ce fichier</numerusform>
            <numerusform>%1 sur %Ln entrées dans ce fichier</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) in this file</source>
        <translation>
            <numerusform>%Ln entrée dans ce fichier</numerusform>
            <numerusform>%Ln entrées dans ce fichier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>vigie::LogTextView</name>
    <message>
        <source>Show only entries with %1</source>
        <translation>N’afficher que les entrées avec %1</translation>
    </message>
    <message>
        <source>Filter For %1</source>
        <translation>Filtrer sur %1</translation>
    </message>
    <message>
        <source>Filter Out %1</source>
        <translation>Exclure %1</translation>
    </message>
</context>
<context>
    <name>vigie::MainWindow</name>
    <message>
        <source>About Vigie</source>
        <translation>À propos de Vigie</translation>
    </message>
    <message>
        <source>&lt;b&gt;Vigie %1&lt;/b&gt;</source>
        <translation>&lt;b&gt;Vigie&#xa0;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Live charts of this machine, and the logs of your applications, shared with your colleagues.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Les graphiques en direct de cette machine et les journaux de vos applications, partagés avec vos collègues.

Logiciel libre sous licence publique générale GNU, version 3 ou ultérieure.</translation>
    </message>
    <message>
        <source>How to Connect</source>
        <translation>Comment se connecter</translation>
    </message>
    <message>
        <source>Send the first entry</source>
        <translation>Envoyer la première entrée</translation>
    </message>
    <message>
        <source>Open Log Files</source>
        <translation>Ouvrir des fichiers de journal</translation>
    </message>
    <message>
        <source>Close the Window</source>
        <translation>Fermer la fenêtre</translation>
    </message>
    <message>
        <source>Keep Vigie running in the tray?</source>
        <translation>Garder Vigie active dans la zone de notification&#x202f;?</translation>
    </message>
    <message>
        <source>It then goes on measuring and taking in logs. You can change this in the settings.</source>
        <translation>Elle continue alors de mesurer et de recevoir des journaux. Vous pouvez changer cela dans les paramètres.</translation>
    </message>
    <message>
        <source>Keep Running</source>
        <translation>Garder active</translation>
    </message>
    <message>
        <source>Quit Vigie</source>
        <translation>Quitter Vigie</translation>
    </message>
    <message>
        <source>The link to this view is copied.</source>
        <translation>Le lien vers cette vue est copié.</translation>
    </message>
    <message>
        <source>Not understood in the link: %1</source>
        <translation>Non compris dans le lien&#x202f;: %1</translation>
    </message>
</context>
<context>
    <name>vigie::MemoryCard</name>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>This machine gives no memory figures.</source>
        <translation>Cette machine ne fournit pas de mesures de la mémoire.</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>échange</translation>
    </message>
    <message>
        <source>used</source>
        <translation>utilisée</translation>
    </message>
    <message>
        <source>%1, as allowed to Vigie</source>
        <comment>used of total, free</comment>
        <translation>%1, accordés à Vigie</translation>
    </message>
    <message>
        <source>Memory used</source>
        <translation>Mémoire utilisée</translation>
    </message>
    <message>
        <source>Swap used</source>
        <translation>Échange utilisé</translation>
    </message>
</context>
<context>
    <name>vigie::MomentPanel</name>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Of one core: 200 % is two cores busy</source>
        <translation>D’un cœur&#x202f;: 200 % signifie deux cœurs occupés</translation>
    </message>
    <message>
        <source>No processes are stored of this moment.</source>
        <translation>Aucun processus n’est enregistré pour ce moment.</translation>
    </message>
    <message>
        <source>Looking them up…</source>
        <translation>Recherche…</translation>
    </message>
</context>
<context>
    <name>vigie::NetworkCard</name>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>This machine gives no network figures.</source>
        <translation>Cette machine ne fournit pas de mesures du réseau.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln connection(s)</source>
        <translation>
            <numerusform>%Ln&#xa0;connexion</numerusform>
            <numerusform>%Ln&#xa0;connexions</numerusform>
        </translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>received</source>
        <translation>reçu</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>envoyé</translation>
    </message>
</context>
<context>
    <name>vigie::NetworkSettings</name>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Applications and browsers connect to it. Those that are connected lose their connection when it changes.</source>
        <translation>Les applications et les navigateurs s’y connectent. Ceux qui sont connectés perdent leur connexion quand il change.</translation>
    </message>
</context>
<context>
    <name>vigie::NumberField</name>
    <message>
        <source>Enter a number from %1 to %2. Until then, %3 holds.</source>
        <translation>Saisissez un nombre de %1 à %2. D’ici là, %3 reste en vigueur.</translation>
    </message>
</context>
<context>
    <name>vigie::SecretField</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>vigie::Server</name>
    <message>
        <source>Port %1 is in use by another program.</source>
        <translation>Le port&#xa0;%1 est utilisé par un autre programme.</translation>
    </message>
    <message>
        <source>Cannot listen on %1, port %2: %3</source>
        <translation>Impossible d’écouter sur&#xa0;%1, port&#xa0;%2&#x202f;:&#xa0;%3</translation>
    </message>
    <message>
        <source>Port %1, where OpenTelemetry is sent to, is in use by another program.</source>
        <translation>Le port&#xa0;%1, où OpenTelemetry envoie d’ordinaire, est utilisé par un autre programme.</translation>
    </message>
    <message>
        <source>Port %1 cannot be had on the network: %2</source>
        <translation>Le port %1 ne peut pas être ouvert sur le réseau&#x202f;: %2</translation>
    </message>
    <message>
        <source>Vigie cannot be shared while it cannot be reached.</source>
        <translation>Vigie ne peut pas être partagé tant qu’il n’est pas joignable.</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure, and cannot be shared safely as well.</source>
        <translation>Vigie a été lancé avec --insecure et ne peut pas être partagé sûrement en même temps.</translation>
    </message>
</context>
<context>
    <name>vigie::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>Measuring and History</source>
        <translation>Mesures et historique</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
</context>
<context>
    <name>vigie::SettingsPage</name>
    <message>
        <source>Set by %1 for this run.</source>
        <translation>Fixé par %1 jusqu’à ce que Vigie se termine.</translation>
    </message>
    <message>
        <source>Nothing is kept on disk: Vigie was started with --no-history.</source>
        <translation>Rien n’est conservé sur le disque&#x202f;: Vigie a été lancée avec --no-history.</translation>
    </message>
</context>
<context>
    <name>vigie::SetupPage</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>This machine, %1</source>
        <translation>Cette machine, %1</translation>
    </message>
    <message>
        <source>Another machine, %1</source>
        <translation>Une autre machine, %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Entries can be sent as soon as the server listens.</source>
        <translation>Des entrées pourront être envoyées dès que le serveur sera à l’écoute.</translation>
    </message>
    <message>
        <source>This cannot be the name of an application.</source>
        <translation>Ce ne peut pas être le nom d’une application.</translation>
    </message>
    <message>
        <source>Put a token of the role Producer in place of TOKEN.</source>
        <translation>Remplacez TOKEN par un jeton du rôle Émetteur.</translation>
    </message>
    <message>
        <source>%1 is a copy of that file in Vigie&apos;s data folder.</source>
        <translation>%1 est une copie de ce fichier du dossier de données de Vigie.</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Sur</translation>
    </message>
    <message>
        <source>Where the entries come from</source>
        <translation>D’où viennent les entrées</translation>
    </message>
    <message>
        <source>Ways to add a source</source>
        <translation>Moyens d’ajouter une source</translation>
    </message>
    <message>
        <source>The line to copy</source>
        <translation>La ligne à copier</translation>
    </message>
    <message>
        <source>What Vigie Reads…</source>
        <translation>Ce que Vigie lit…</translation>
    </message>
    <message>
        <source>Files, the journal and containers, in the settings</source>
        <translation>Fichiers, journal et conteneurs, dans les paramètres</translation>
    </message>
</context>
<context>
    <name>vigie::ShareDialog</name>
    <message>
        <source>Share</source>
        <translation>Partager</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>invité</translation>
    </message>
    <message>
        <source>&amp;Logs of</source>
        <translation>&amp;Journaux de</translation>
    </message>
    <message>
        <source>&amp;For</source>
        <translation>P&amp;our</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Valable</translation>
    </message>
    <message>
        <source>&amp;Make Link</source>
        <translation>&amp;Créer le lien</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Lien</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>&amp;Copier le lien</translation>
    </message>
    <message>
        <source>Copy &amp;Invitation</source>
        <translation>Copier l’&amp;invitation</translation>
    </message>
    <message>
        <source>The link, and how to recognise this machine</source>
        <translation>Le lien, et comment reconnaître cette machine</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure: everybody who reaches it reads everything already. Start it without, and share by links.</source>
        <translation>Vigie a été lancé avec --insecure&#x202f;: quiconque l’atteint lit déjà tout. Lancez-le sans, et partagez par des liens.</translation>
    </message>
    <message>
        <source>Vigie cannot be reached at the moment.</source>
        <translation>Vigie est injoignable pour l’instant.</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else.</source>
        <translation>Un lien permet à un collègue de lire dans un navigateur les journaux d’une application et les mesures de cette machine, et rien d’autre.</translation>
    </message>
    <message>
        <source>Valid until %1. It is shown only once.</source>
        <translation>Valable jusqu’au %1. Il n’est affiché que cette fois.</translation>
    </message>
    <message>
        <source>The link as a QR code</source>
        <translation>Le lien en code QR</translation>
    </message>
    <message>
        <source>This machine has no address on a network. Connect it to one, and try again.</source>
        <translation>Cette machine n’a aucune adresse sur un réseau. Reliez-la à un réseau et réessayez.</translation>
    </message>
    <message>
        <source>Vigie was started with --insecure: a link&apos;s token could be read on the way. Start it without, and share by links.</source>
        <translation>Vigie a été lancé avec --insecure&#x202f;: le jeton d’un lien pourrait être lu en chemin. Lancez-le sans, et partagez par des liens.</translation>
    </message>
    <message>
        <source>The browser may warn that it does not know this machine&apos;s certificate. It is the right one if its SHA-256 is:</source>
        <translation>Le navigateur dira peut-être qu’il ne connaît pas le certificat de cette machine. C’est le bon si son SHA-256 est&#x202f;:</translation>
    </message>
    <message>
        <source>Read the logs of %1 here until %2:
%3
If your browser warns that it does not know the certificate: its SHA-256 must be
%4</source>
        <translation>Lisez les journaux de %1 ici jusqu’au %2&#x202f;:
%3
Si votre navigateur dit ne pas connaître le certificat&#x202f;: son SHA-256 doit être
%4</translation>
    </message>
    <message>
        <source>Read the logs of %1 here until %2:
%3</source>
        <translation>Lire ici les journaux de %1 jusqu’au %2&#x202f;:
%3</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. It goes by %1.</source>
        <translation>Un lien permet à un collègue de lire dans un navigateur les journaux d’une application et les mesures de cette machine, et rien d’autre. Il passe par %1.</translation>
    </message>
    <message>
        <source>A link lets a colleague read one application&apos;s logs and this machine&apos;s figures in a browser, and nothing else. The first one makes Vigie listen on your network, over TLS only.</source>
        <translation>Un lien permet à un collègue de lire dans un navigateur les journaux d’une application et les mesures de cette machine, et rien d’autre. Le premier fait écouter Vigie sur votre réseau, par TLS uniquement.</translation>
    </message>
</context>
<context>
    <name>vigie::Sharing</name>
    <message>
        <source>Vigie</source>
        <translation>Vigie</translation>
    </message>
    <message>
        <source>Someone is asking for access</source>
        <translation>Quelqu’un demande l’accès</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Partager…</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Partager</translation>
    </message>
    <message>
        <source>S&amp;top Sharing</source>
        <translation>&amp;Arrêter le partage</translation>
    </message>
    <message>
        <source>&amp;Clients</source>
        <translation>&amp;Clients</translation>
    </message>
    <message>
        <source>&amp;Tokens and Invitations</source>
        <translation>&amp;Jetons et invitations</translation>
    </message>
    <message>
        <source>&amp;Audit</source>
        <translation>A&amp;udit</translation>
    </message>
    <message>
        <source>&amp;Let Colleagues Ask for Access</source>
        <translation>&amp;Autoriser les demandes d’accès</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Nom&#x202f;: %1</translation>
    </message>
    <message>
        <source>To read: %1</source>
        <translation>Pour lire&#x202f;: %1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Depuis&#x202f;: %1</translation>
    </message>
    <message>
        <source>C&amp;ertificate…</source>
        <translation>C&amp;ertificat…</translation>
    </message>
</context>
<context>
    <name>vigie::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Keys, outside text fields</source>
        <translation>Touches, hors des champs de texte</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Pause, or go on</source>
        <translation>Mettre en pause, ou reprendre</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Revenir à maintenant</translation>
    </message>
    <message>
        <source>Zoom in, zoom out</source>
        <translation>Zoom avant, zoom arrière</translation>
    </message>
    <message>
        <source>A quarter of the stretch back, forward</source>
        <translation>Reculer, avancer d’un quart de la période</translation>
    </message>
    <message>
        <source>Oldest entry, newest entry</source>
        <translation>Entrée la plus ancienne, la plus récente</translation>
    </message>
    <message>
        <source>G   Shift+G</source>
        <translation>G   Maj+G</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Details of the entry</source>
        <translation>Détails de l’entrée</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Close what is open: details, then the moment</source>
        <translation>Fermer ce qui est ouvert&#x202f;: les détails, puis l’instant</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Cette liste</translation>
    </message>
    <message>
        <source>On a chart with the focus</source>
        <translation>Sur un graphique qui a le focus</translation>
    </message>
    <message>
        <source>Move the crosshair; with Shift, by ten steps</source>
        <translation>Déplacer le curseur&#x202f;; avec Maj, de dix pas</translation>
    </message>
    <message>
        <source>Pin the moment</source>
        <translation>Épingler l’instant</translation>
    </message>
    <message>
        <source>With the mouse, on charts and bars</source>
        <translation>À la souris, sur les graphiques et les barres</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Glisser</translation>
    </message>
    <message>
        <source>Zoom to that stretch</source>
        <translation>Zoomer sur cette période</translation>
    </message>
    <message>
        <source>Shift-drag, middle-drag, horizontal wheel</source>
        <translation>Maj et glisser, glisser du bouton central, molette horizontale</translation>
    </message>
    <message>
        <source>Move through time</source>
        <translation>Se déplacer dans le temps</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Molette</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Zoomer sous le pointeur</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Double-clic</translation>
    </message>
    <message>
        <source>Back to the stretch before the last zoom</source>
        <translation>Revenir à la période d’avant le dernier zoom</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Clic</translation>
    </message>
    <message>
        <source>Pin the moment: the processes and the log of then</source>
        <translation>Épingler l’instant&#x202f;: les processus et le journal de ce moment</translation>
    </message>
    <message>
        <source>By touch, on charts and bars</source>
        <translation>Au toucher, sur les graphiques et les barres</translation>
    </message>
    <message>
        <source>Two fingers</source>
        <translation>Deux doigts</translation>
    </message>
    <message>
        <source>Pinch</source>
        <translation>Pincer</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomer</translation>
    </message>
    <message>
        <source>The sources</source>
        <translation>Les sources</translation>
    </message>
    <message>
        <source>Shift+F9</source>
        <translation>Maj+F9</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>Ajouter une source</translation>
    </message>
</context>
<context>
    <name>vigie::SourceSettingsPage</name>
    <message>
        <source>Change…</source>
        <translation>Modifier…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Log files that are watched</source>
        <translation>Fichiers journaux surveillés</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>systemd&apos;s journal</source>
        <translation>Journal de systemd</translation>
    </message>
    <message>
        <source>Read the journal</source>
        <translation>Lire le journal</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Unités</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>All, down to %1</source>
        <translation>Tout, jusqu’à %1</translation>
    </message>
    <message>
        <source>%1 and above</source>
        <translation>%1 et plus grave</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>Only of this boot</source>
        <translation>Seulement depuis ce démarrage</translation>
    </message>
    <message>
        <source>Also what it holds already</source>
        <translation>Aussi ce qu’il contient déjà</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>Sockets</translation>
    </message>
    <message>
        <source>Those that are usual</source>
        <translation>Les sockets habituelles</translation>
    </message>
    <message>
        <source>Found by looking</source>
        <translation>Reconnu à la lecture</translation>
    </message>
    <message>
        <source>Also on port 4318</source>
        <translation>Aussi sur le port&#xa0;4318</translation>
    </message>
    <message>
        <source>It is always taken on Vigie&apos;s own port; unless told otherwise, programs send it to port 4318.</source>
        <translation>Le port de Vigie les reçoit toujours&#x202f;; sauf réglage contraire, les programmes envoient au port&#xa0;4318.</translation>
    </message>
    <message>
        <source>Read their logs</source>
        <translation>Lire leurs journaux</translation>
    </message>
    <message>
        <source>Those of Docker and Podman.</source>
        <translation>Ceux de Docker et de Podman.</translation>
    </message>
</context>
<context>
    <name>vigie::Sources</name>
    <message>
        <source>S&amp;ources…</source>
        <translation>S&amp;ources…</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>&amp;Add a Source…</source>
        <translation>&amp;Ajouter une source…</translation>
    </message>
    <message>
        <source>Something was refused or lost since you last looked: see the sources</source>
        <translation>Quelque chose a été refusé ou perdu depuis votre dernier coup d’œil&#x202f;: voyez les sources</translation>
    </message>
    <message>
        <source>From where entries come, and how more do</source>
        <translation>D’où viennent les entrées, et comment en ajouter</translation>
    </message>
</context>
<context>
    <name>vigie::SourcesDialog</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Add a Source</source>
        <translation>Ajouter une source</translation>
    </message>
</context>
<context>
    <name>vigie::SourcesPage</name>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>il y a %1</translation>
    </message>
    <message>
        <source>None</source>
        <comment>lag</comment>
        <translation>Aucun</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(s) since the start</source>
        <translation>
            <numerusform>%Ln entrée depuis le démarrage</numerusform>
            <numerusform>%Ln entrées depuis le démarrage</numerusform>
        </translation>
    </message>
    <message>
        <source>the last one %1</source>
        <translation>la dernière le %1</translation>
    </message>
    <message>
        <source>format: %1</source>
        <translation>format&#x202f;: %1</translation>
    </message>
    <message>
        <source>%1, last at %2</source>
        <translation>%1, en dernier le %2</translation>
    </message>
    <message>
        <source>, for example: %1</source>
        <translation>, par exemple&#x202f;: %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Refused, lost, guessed</source>
        <translation>Refusé, perdu, deviné</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Entrées</translation>
    </message>
    <message>
        <source>Last entry</source>
        <translation>Dernière entrée</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Retard</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>No entry has come yet, and nothing is watched.</source>
        <translation>Aucune entrée n’est encore arrivée, et rien n’est surveillé.</translation>
    </message>
    <message>
        <source>Show Its Log</source>
        <translation>Afficher son journal</translation>
    </message>
    <message>
        <source>Correct Its Format…</source>
        <translation>Corriger son format…</translation>
    </message>
    <message>
        <source>Add a Source…</source>
        <translation>Ajouter une source…</translation>
    </message>
    <message>
        <source>None since the start</source>
        <translation>Aucune depuis le démarrage</translation>
    </message>
</context>
<context>
    <name>vigie::Store</name>
    <message>
        <source>The data folder cannot be written: history is not kept.</source>
        <translation>Le dossier de données ne peut pas être écrit&#x202f;: l’historique n’est pas gardé.</translation>
    </message>
    <message>
        <source>History is not kept: %1.</source>
        <translation>L’historique n’est pas gardé&#x202f;: %1.</translation>
    </message>
    <message>
        <source>No space left in %1: history is not kept until there is room.</source>
        <translation>Plus de place dans %1&#x202f;: l’historique n’est pas conservé tant qu’il n’y en a pas.</translation>
    </message>
</context>
<context>
    <name>vigie::TextFind</name>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>the first of three matches</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln&#xa0;occurrence</numerusform>
            <numerusform>%Ln&#xa0;occurrences</numerusform>
        </translation>
    </message>
    <message>
        <source>Search this entry</source>
        <translation>Rechercher dans cette entrée</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Occurrence précédente (Maj+Entrée)</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Occurrence précédente</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Occurrence suivante (Entrée)</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Occurrence suivante</translation>
    </message>
</context>
<context>
    <name>vigie::TimeDialog</name>
    <message>
        <source>Go to Time</source>
        <translation>Aller à une date</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Date et heure</translation>
    </message>
</context>
<context>
    <name>vigie::TokenDialog</name>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Add Token</source>
        <translation>Ajouter un jeton</translation>
    </message>
    <message>
        <source>Every application</source>
        <translation>Toutes les applications</translation>
    </message>
    <message>
        <source>Reads logs and figures.</source>
        <translation>Lit les journaux et les mesures.</translation>
    </message>
    <message>
        <source>Sends logs and figures, and reads nothing.</source>
        <translation>Envoie des journaux et des mesures, et ne lit rien.</translation>
    </message>
    <message>
        <source>Reads, sends, deletes stored entries and sends commands.</source>
        <translation>Lit, envoie, supprime des entrées conservées et envoie des commandes.</translation>
    </message>
    <message>
        <source>May do everything.</source>
        <translation>Peut tout faire.</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Utilisateur</translation>
    </message>
    <message>
        <source>&amp;Application</source>
        <translation>&amp;Application</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Rôle</translation>
    </message>
    <message>
        <source>&amp;Valid for</source>
        <translation>&amp;Valable</translation>
    </message>
    <message>
        <source>&amp;Make Token</source>
        <translation>&amp;Créer le jeton</translation>
    </message>
    <message>
        <source>This is the token. It is shown only once. Whoever has it can use it, so keep it safe.</source>
        <translation>Voici le jeton. Il n’est affiché qu’une fois. Qui l’a peut s’en servir&#x202f;: gardez-le en lieu sûr.</translation>
    </message>
    <message>
        <source>Which application is it for?</source>
        <translation>Pour quelle application est-il&#x202f;?</translation>
    </message>
</context>
<context>
    <name>vigie::TokensPage</name>
    <message>
        <source>Revoked %1</source>
        <translation>Révoqué le %1</translation>
    </message>
    <message>
        <source>Expired %1</source>
        <translation>Expiré le %1</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Jusqu’à révocation</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Ajouté</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Dernier usage</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valable jusqu’au</translation>
    </message>
    <message>
        <source>Tokens and invitations</source>
        <translation>Jetons et invitations</translation>
    </message>
    <message>
        <source>&amp;Add Token…</source>
        <translation>&amp;Ajouter un jeton…</translation>
    </message>
    <message>
        <source>Show expired and revoked</source>
        <translation>Afficher les jetons expirés et révoqués</translation>
    </message>
    <message>
        <source>There are no tokens or invitations.</source>
        <translation>Il n’y a ni jeton ni invitation.</translation>
    </message>
    <message>
        <source>Revoke: %1, %2</source>
        <translation>Révoquer&#x202f;: %1, %2</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Révoquer</translation>
    </message>
    <message>
        <source>It stops working at once, and whoever is connected with it is disconnected</source>
        <translation>Il cesse aussitôt de fonctionner, et les clients qui l’utilisent sont déconnectés</translation>
    </message>
</context>
<context>
    <name>vigie::TraceDialog</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>What called it is not there.</source>
        <translation>Son appelant n’est pas là.</translation>
    </message>
    <message>
        <source>It lies partly outside what called it.</source>
        <translation>Il dépasse de son appelant.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Nothing of this trace is stored.</source>
        <translation>Rien de cette trace n’est conservé.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s)</source>
        <translation>
            <numerusform>%Ln span</numerusform>
            <numerusform>%Ln spans</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other entry(s)</source>
        <translation>
            <numerusform>%Ln autre entrée</numerusform>
            <numerusform>%Ln autres entrées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln application(s)</source>
        <translation>
            <numerusform>%Ln application</numerusform>
            <numerusform>%Ln applications</numerusform>
        </translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>à partir du %1</translation>
    </message>
    <message>
        <source>There are more entries than are shown here.</source>
        <translation>Il y a plus d’entrées que celles affichées ici.</translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln, what called it is not there.</source>
        <translation>
            <numerusform>Pour %Ln, l’appelant n’est pas là.</numerusform>
            <numerusform>Pour %Ln, l’appelant n’est pas là.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln span(s) lie partly outside what called them: they outlive it, or the machines&apos; clocks differ.</source>
        <translation>
            <numerusform>%Ln span dépasse de son appelant&#x202f;: il dure plus que lui, ou les horloges des machines diffèrent.</numerusform>
            <numerusform>%Ln spans dépassent de leur appelant&#x202f;: ils durent plus que lui, ou les horloges des machines diffèrent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Trace %1</source>
        <translation>Trace %1</translation>
    </message>
    <message>
        <source>Span, entry</source>
        <translation>Span, entrée</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Search Again</source>
        <translation>Chercher à nouveau</translation>
    </message>
</context>
<context>
    <name>vigie::TrayIcon</name>
    <message>
        <source>&amp;Open Vigie</source>
        <translation>&amp;Ouvrir Vigie</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
</context>
<context>
    <name>vigie::ValidityBox</name>
    <message>
        <source>1 hour</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 semaine</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>Until revoked</source>
        <translation>Jusqu’à révocation</translation>
    </message>
</context>
<context>
    <name>vigie::WatchedFilesDialog</name>
    <message>
        <source>Browse…</source>
        <translation>Parcourir…</translation>
    </message>
    <message>
        <source>Also what lies there already</source>
        <translation>Aussi ce qui s’y trouve déjà</translation>
    </message>
    <message>
        <source>Watch Log Files</source>
        <translation>Surveiller des fichiers journaux</translation>
    </message>
    <message>
        <source>Watched Log Files</source>
        <translation>Fichiers journaux surveillés</translation>
    </message>
    <message>
        <source>Found by looking</source>
        <translation>Reconnu à la lecture</translation>
    </message>
    <message>
        <source>This machine&apos;s</source>
        <translation>Celui de cette machine</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Time zone of times without one</source>
        <translation>Fuseau des heures sans fuseau</translation>
    </message>
</context>
</TS>
