import type { ErrorCode } from '../../../domain/errors.ts'

interface GermanError {
  /** Said where the error's own words are known in English only; they follow in brackets. */
  readonly message: string
  /** The code's own advice. */
  readonly hint: string
}

const e = (message: string, hint: string): GermanError => ({ message, hint })

/** Every way the studio can fail, in German. */
export const GERMAN_ERRORS: Readonly<Record<ErrorCode, GermanError>> = {
  'file-missing': e('Die Datei fehlt.', 'Prüfen Sie den Pfad und ob das Laufwerk angeschlossen ist.'),
  'file-unreadable': e(
    'Die Datei lässt sich nicht lesen.',
    'Prüfen Sie die Rechte der Datei, oder kopieren Sie sie in einen anderen Ordner.'
  ),
  'file-empty': e(
    'Die Datei ist leer.',
    'Die Datei hat keinen Inhalt. Kopieren Sie sie noch einmal von der Kamera oder der Quelle.'
  ),
  'file-unsupported': e(
    'Diese Art von Datei wird nicht gelesen.',
    'Exportieren Sie das Foto als JPEG, PNG, TIFF oder WebP, und nehmen Sie diese Datei.'
  ),
  'image-damaged': e(
    'Das Bild ist beschädigt.',
    'Die Datei ist abgeschnitten oder beschädigt. Kopieren Sie sie noch einmal von der Kamera oder der Quelle.'
  ),
  'image-too-large': e('Das Bild ist zu groß.', 'Exportieren Sie das Foto mit höchstens 150 Megapixeln.'),
  'image-too-small': e('Das Bild ist zu klein.', 'Nehmen Sie ein Foto mit mindestens 64 Pixeln auf jeder Seite.'),
  'face-none': e(
    'Es ist kein Gesicht zu finden.',
    'Nehmen Sie ein Foto, auf dem das Gesicht zu sehen und der Kamera zugewandt ist.'
  ),
  'face-several': e(
    'Auf dem Foto sind mehrere Gesichter.',
    'Wählen Sie auf dem Foto eine Person, oder schneiden Sie es auf eine Person zu.'
  ),
  'face-too-small': e(
    'Das Gesicht ist zu klein.',
    'Nehmen Sie ein Foto aus größerer Nähe, auf dem das Gesicht mindestens 64 Pixel breit ist.'
  ),
  'face-choice-invalid': e('Dieses Gesicht gibt es nicht.', 'Wählen Sie eines der Gesichter auf dem Foto.'),
  'photo-unsuitable': e(
    'Das Foto eignet sich nicht.',
    'Nehmen Sie ein scharfes, gleichmäßig beleuchtetes Foto einer Person, das Kopf und Schultern zeigt.'
  ),
  'parameters-invalid': e(
    'Die Bestellung hat einen ungültigen Wert.',
    'Wählen Sie einen der angebotenen Werte, oder freien Text, wo er erlaubt ist.'
  ),
  'option-invalid': e('Das ist so nicht möglich.', 'Was der Befehl annimmt, sagt er mit --help.'),
  'environment-invalid': e(
    'Eine Umgebungsvariable ist ungültig.',
    'Berichtigen Sie die Variable, oder lassen Sie sie weg. Siehe: apex-studio config'
  ),
  'output-unwritable': e(
    'In den Ausgabeordner lässt sich nichts schreiben.',
    'Wählen Sie einen anderen Ausgabeordner, oder machen Sie diesen beschreibbar.'
  ),
  'disk-full': e(
    'Das Laufwerk ist voll.',
    'Schaffen Sie Platz auf dem Laufwerk, und setzen Sie den Auftrag dann fort.'
  ),
  'engine-unknown': e('Dieses Modell gibt es nicht.', 'Wählen Sie eines der Modelle unter Einstellungen, Modelle.'),
  'engine-unavailable': e(
    'Das Modell ist nicht erreichbar.',
    'Der Auftrag wartet und geht von selbst weiter, wenn das Modell wieder antwortet.'
  ),
  'engine-without-worker': e(
    'Kein Rechner mit diesem Modell arbeitet gerade.',
    'Der Auftrag geht von selbst weiter, sobald ein Rechner mit diesem Modell läuft. Schneller geht es, wenn Sie ihn mit einem anderen Modell noch einmal bestellen.'
  ),
  'engine-crashed': e(
    'Das Modell ist abgestürzt.',
    'Der Schritt wird in einem frischen Prozess wiederholt. Geschieht es noch einmal, starten Sie: apex-studio doctor'
  ),
  'engine-out-of-memory': e(
    'Der Arbeitsspeicher reicht nicht.',
    'Schließen Sie andere Programme, oder wählen Sie eine kleinere Auflösung.'
  ),
  'engine-timeout': e(
    'Das Modell antwortet nicht mehr.',
    'Vielleicht ist der Rechner überlastet. Der Schritt wird wiederholt.'
  ),
  'engine-protocol': e(
    'Das Studio und sein Modell verstehen einander nicht.',
    'Das Studio und sein Modell passen nicht zusammen. Installieren Sie das Studio neu.'
  ),
  'engine-refused': e(
    'Das Modell lehnt den Auftrag ab.',
    'Wählen Sie für diesen Auftrag ein anderes Modell, auch ein anderes auf dem Server.'
  ),
  'engine-output-invalid': e(
    'Das Modell hat kein brauchbares Ergebnis geliefert.',
    'Das Modell hat ein leeres oder kaputtes Bild gemacht. Es wird noch einmal versucht.'
  ),
  'model-missing': e('Ein Modell fehlt.', 'Bauen Sie die eingebauten Modelle mit: npm run models'),
  'model-damaged': e(
    'Ein Modell ist beschädigt.',
    'Löschen Sie den Ordner des Modells, und bauen Sie es noch einmal: npm run models'
  ),
  'model-unsupported': e(
    'Dieses Modell läuft hier nicht.',
    'Installieren Sie die festgelegten Versionen mit `npm ci`, und starten Sie dann: npm run models'
  ),
  'place-missing': e('Ein eingebauter Ort fehlt.', 'Bauen Sie die eingebauten Orte mit: npm run places'),
  'place-damaged': e(
    'Ein eingebauter Ort ist beschädigt.',
    'Löschen Sie den Ordner der Orte, und bauen Sie sie noch einmal: npm run places'
  ),
  'model-unknown': e('Dieses Modell gibt es nicht.', 'Welche es gibt, steht unter Einstellungen, Modelle.'),
  'model-not-installed': e(
    'Das Modell ist nicht installiert.',
    'Installieren Sie es zuerst unter Einstellungen, Modelle.'
  ),
  'model-licence': e(
    'Die Lizenz des Modells ist noch nicht angenommen.',
    'Lesen Sie die Lizenz, und nehmen Sie sie dann an: unter Einstellungen, Modelle.'
  ),
  'model-unfit': e(
    'Das Modell passt nicht auf diesen Rechner.',
    'Wählen Sie ein kleineres Modell, oder installieren Sie dieses trotzdem.'
  ),
  'model-gated': e(
    'Das Modell wird nur mit einem Konto herausgegeben.',
    'Nehmen Sie auf der Seite des Modells mit Ihrem Konto die Bedingungen an, und setzen Sie HF_TOKEN auf ein Token davon.'
  ),
  'model-withdrawn': e(
    'Das Modell gibt es dort nicht mehr.',
    'Der Hub hat es nicht mehr. Wählen Sie ein anderes Modell, oder importieren Sie einen Ordner, den Sie haben.'
  ),
  'model-busy': e('Am Modell wird gerade gearbeitet.', 'Warten Sie, bis das beendet ist, oder beenden Sie es dort.'),
  'model-folder-unfit': e(
    'Der Ordner passt nicht zum Modell.',
    'Wählen Sie den Ordner mit den Dateien des Modells selbst, so wie der Hub sie auflistet.'
  ),
  'model-catalogue-damaged': e(
    'Die Liste der Modelle ist beschädigt.',
    'Berichtigen Sie die Datei, oder entfernen Sie sie.'
  ),
  'hub-unreachable': e(
    'Der Hub ist nicht erreichbar.',
    'Prüfen Sie Verbindung, HF_ENDPOINT und Proxys, und laden Sie dann noch einmal: Es geht weiter, wo es aufhörte.'
  ),
  'hub-busy': e(
    'Der Hub ist überlastet.',
    'Warten Sie einige Minuten, und laden Sie dann noch einmal: Es geht weiter, wo es aufhörte. Mit HF_TOKEN erlaubt der Hub mehr.'
  ),
  'hub-refused': e(
    'Der Hub gibt das Modell nicht heraus.',
    'Laden Sie später noch einmal: Es geht weiter, wo es aufhörte. Prüfen Sie HF_ENDPOINT und HF_TOKEN, wenn es wieder geschieht.'
  ),
  'hub-answer-invalid': e(
    'Die Antwort des Hubs ist nicht zu verstehen.',
    'Prüfen Sie, ob HF_ENDPOINT ein Hub von Hugging Face ist und kein Proxy an seiner Stelle antwortet.'
  ),
  'download-damaged': e(
    'Die Daten kamen beschädigt an.',
    'Der Hub oder ein Proxy auf dem Weg liefert falsche Daten. Laden Sie später noch einmal, oder über ein anderes Netz.'
  ),
  'prompt-invalid': e(
    'Die Vorlage ist ungültig.',
    'Berichtigen Sie Ihre Fassung der Vorlage, oder setzen Sie sie zurück: apex-studio prompts reset NAME'
  ),
  'job-missing': e('Diesen Auftrag gibt es nicht.', 'Welche Aufträge es gibt, zeigt die Galerie.'),
  'job-state': e('Der Auftrag lässt das jetzt nicht zu.', 'Der Auftrag ist nicht in einem Zustand, der das erlaubt.'),
  'job-claims-exhausted': e(
    'Das Modell ist bei diesem Auftrag zu oft abgestürzt.',
    'Das Modell ist bei diesem Auftrag zu oft abgestürzt. Starten Sie apex-studio doctor, und setzen Sie den Auftrag dann fort.'
  ),
  'lease-lost': e('Den Auftrag bearbeitet jetzt ein anderer Rechner.', 'Es ist nichts zu tun.'),
  'call-unknown': e(
    'Die Seite und das Studio passen nicht zusammen.',
    'Laden Sie die Seite neu, oder installieren Sie das Studio neu.'
  ),
  'call-invalid': e(
    'Das Studio versteht die Anfrage nicht.',
    'Das Studio wurde nach etwas gefragt, das es nicht versteht. Bitte melden Sie das.'
  ),
  'call-refused': e('Das ist hier nicht erlaubt.', 'Danach darf nur das Fenster des Studios selbst fragen.'),
  'desktop-only': e('Das geht nur im Studio auf dem Schreibtisch.', 'Nehmen Sie dafür das Fenster des Studios.'),
  'studio-unreachable': e(
    'Das Studio antwortet nicht.',
    'Die Seite geht von selbst weiter, wenn das Studio wieder antwortet. Prüfen Sie, ob sein Rechner an ist.'
  ),
  'browser-unknown': e(
    'Dieser Browser ist dem Studio nicht bekannt.',
    'Öffnen Sie einen neuen Link, oder scannen Sie einen neuen Code, aus den Einstellungen des Studios unter Browser. Jeder gilt einmal und zehn Minuten lang.'
  ),
  'server-off': e(
    'Das Studio ist für Browser nicht eingeschaltet.',
    'Schalten Sie es im Fenster des Studios ein: Einstellungen, Browser.'
  ),
  'photo-missing': e('Das Foto gibt es nicht mehr.', 'Das Foto wurde entfernt. Importieren Sie es noch einmal.'),
  'subject-missing': e(
    'Diese Person gibt es nicht mehr.',
    'Die Person wurde entfernt. Holen Sie sie aus dem Papierkorb zurück, oder importieren Sie das Foto noch einmal.'
  ),
  'preset-missing': e('Die Vorgabe gibt es nicht mehr.', 'Die Vorgabe wurde entfernt. Wählen Sie eine andere.'),
  'preset-unreadable': e(
    'Die Datei enthält keine lesbaren Vorgaben.',
    'Wählen Sie eine Datei mit Vorgaben, die dieses Studio oder eines derselben Version geschrieben hat.'
  ),
  'picks-unreadable': e(
    'Die Datei enthält keine Auswahl.',
    'Wählen Sie die Datei, die die Seite des Auswahlpakets gespeichert hat.'
  ),
  'watch-folder-missing': e(
    'Der Ordner wird nicht mehr beobachtet.',
    'Der Ordner wird nicht mehr beobachtet. Fügen Sie ihn wieder hinzu.'
  ),
  'folder-unreadable': e(
    'Der Ordner lässt sich nicht lesen.',
    'Prüfen Sie, ob der Ordner da ist und ob Sie ihn lesen dürfen.'
  ),
  cancelled: e('Abgebrochen.', 'Setzen Sie den Auftrag fort, damit er weitergeht, wo er aufhörte.'),
  'request-invalid': e(
    'Die Anfrage ist ungültig.',
    'Vergleichen Sie die Anfrage mit der Beschreibung unter /openapi.json.'
  ),
  'request-too-large': e(
    'Die Anfrage ist zu groß.',
    'Senden Sie eine kleinere Anfrage; die Grenzen stehen in der Dokumentation von REST.'
  ),
  'request-timeout': e(
    'Die Anfrage dauerte zu lange.',
    'Senden Sie die Anfrage noch einmal, über eine schnellere oder ruhigere Verbindung.'
  ),
  'media-type-unsupported': e(
    'Diese Art von Inhalt wird nicht angenommen.',
    'Senden Sie den Inhaltstyp, den /openapi.json für diese Adresse nennt.'
  ),
  'not-acceptable': e(
    'Diese Art von Antwort gibt es hier nicht.',
    'Fragen Sie nach einem der Medientypen, die /openapi.json für diese Adresse nennt.'
  ),
  'address-unknown': e(
    'Diese Adresse gibt es nicht.',
    'Vergleichen Sie die Adresse mit der Beschreibung unter /openapi.json.'
  ),
  'method-not-allowed': e(
    'Das ist unter dieser Adresse nicht erlaubt.',
    'Nehmen Sie eine der Methoden, die der Header Allow nennt.'
  ),
  'key-missing': e(
    'Es fehlt ein API-Schlüssel.',
    'Senden Sie einen API-Schlüssel als „Authorization: Bearer KEY“. Einen neuen gibt: apex-studio keys add NAME'
  ),
  'key-refused': e(
    'Der Schlüssel wird nicht angenommen.',
    'Nehmen Sie einen Schlüssel, der nicht widerrufen ist und das Nötige darf.'
  ),
  'key-unknown': e('Diesen Schlüssel gibt es nicht.', 'Welche es gibt, zeigt: apex-studio keys list'),
  'keys-required': e(
    'Es braucht zuerst einen Schlüssel.',
    'Machen Sie zuerst einen Schlüssel mit: apex-studio keys add NAME. Oder lassen Sie nur 127.0.0.1 zu.'
  ),
  'host-refused': e(
    'Unter diesem Namen antwortet das Studio nicht.',
    'Nehmen Sie die Adresse, mit der der Server gestartet wurde, oder starten Sie ihn mit --allow-host NAME.'
  ),
  'origin-refused': e(
    'Eine fremde Seite darf das Studio nicht benutzen.',
    'Fremde Seiten dürfen das Studio nicht benutzen. Öffnen Sie es unter seiner eigenen Adresse.'
  ),
  'too-many-requests': e('Es wird zu oft gefragt.', 'Warten Sie so lange, wie der Header Retry-After sagt.'),
  'queue-full': e(
    'Die Warteschlange ist voll.',
    'Warten Sie, bis Aufträge beendet sind, und senden Sie diesen dann noch einmal.'
  ),
  'idempotency-conflict': e(
    'Der Idempotency-Key gehört zu einem anderen Auftrag.',
    'Nehmen Sie für einen anderen Auftrag einen frischen Idempotency-Key.'
  ),
  'webhook-missing': e('Diesen Webhook gibt es nicht.', 'Lassen Sie sich die Webhooks auflisten.'),
  'webhook-refused': e(
    'Diese Adresse ist für Webhooks nicht erlaubt.',
    'Nehmen Sie eine Adresse, die jeder erreicht, oder starten Sie den Server mit APEX_PRIVATE_WEBHOOKS=yes.'
  ),
  'webhook-failed': e(
    'Der Webhook ließ sich nicht zustellen.',
    'Er wird später noch einmal gesendet, in immer größeren Abständen.'
  ),
  'address-in-use': e(
    'Der Port ist schon belegt.',
    'Wählen Sie einen anderen Port, oder beenden Sie das Programm, das diesen benutzt.'
  ),
  'store-unavailable': e(
    'Der Speicher ist nicht erreichbar.',
    'Prüfen Sie, ob die Datenbank erreichbar ist und ihr Laufwerk Platz hat.'
  ),
  'store-damaged': e(
    'Der Speicher ist beschädigt.',
    'Stellen Sie den Speicher aus einer Sicherung wieder her, oder legen Sie ihn beiseite, um mit einem leeren zu beginnen.'
  ),
  'store-locked': e(
    'Der Speicher ist belegt.',
    'Ein anderes Studio benutzt diesen Speicher. Schließen Sie es, oder wählen Sie einen anderen Datenordner.'
  ),
  'store-too-new': e(
    'Der Speicher stammt von einem neueren Studio.',
    'Ein neueres Studio hat den Speicher geschrieben. Aktualisieren Sie dieses.'
  ),
  'document-exists': e('Das gibt es schon.', 'Das ist schon im Speicher; es ist nichts zu tun.'),
  'artifact-missing': e(
    'Das Bild fehlt.',
    'Das Bild wurde aus dem Speicher entfernt. Geben Sie den Auftrag noch einmal.'
  ),
  'artifact-damaged': e(
    'Das Bild ist beschädigt.',
    'Das Bild stimmt nicht mit seiner Prüfsumme überein. Geben Sie den Auftrag noch einmal.'
  ),
  internal: e('Im Studio ist ein Fehler.', 'Das ist ein Fehler des Studios. Bitte melden Sie ihn mit dem Protokoll.')
}
