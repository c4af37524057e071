/** Jira writes the headers of a table in the language of whoever exports it. */
import type { CsvTable } from "../csv/read-csv.ts";

/** By what an English export calls a column, its names elsewhere: German, French, Spanish, Portuguese, Italian. */
const NAMES: Record<string, string> = {
  "Issue key":
    "Vorgangsschlüssel|Schlüssel|Clé de ticket|Clé|Clave de incidencia|Clave|Chave da item|Chave de item|Chave|Chiave ticket|Chiave segnalazione",
  "Issue id":
    "Vorgangs-ID|ID de ticket|Identifiant de ticket|ID de la incidencia|ID da item|ID do item|ID ticket",
  Summary: "Zusammenfassung|Résumé|Resumen|Resumo|Riepilogo",
  "Issue Type":
    "Vorgangstyp|Type de ticket|Tipo de Incidencia|Tipo de item|Tipo de ticket|Tipo ticket|Tipo segnalazione",
  Status: "État|Estado|Stato",
  "Status Category":
    "Statuskategorie|Catégorie d'état|Categoría de estado|Categoria do status|Categoria di stato",
  Priority: "Priorität|Priorité|Prioridad|Prioridade|Priorità",
  Resolution: "Lösung|Résolution|Resolución|Resolução|Risoluzione",
  Assignee:
    "Zugewiesene Person|Bearbeiter|Personne assignée|Responsable|Persona asignada|Responsável|Assegnatario",
  Reporter: "Autor|Rapporteur|Informador|Relator|Segnalatore",
  Creator: "Ersteller|Créateur|Creador|Criador|Autore",
  Created: "Erstellt|Création|Créée|Creada|Criado|Creato|Creata",
  Updated:
    "Aktualisiert|Mise à jour|Mis à jour|Actualizada|Atualizado(a)|Atualizado|Aggiornato|Aggiornata",
  Resolved: "Erledigt|Résolu|Résolue|Resuelta|Resolvido|Risolto|Risolta",
  "Due date":
    "Fälligkeitsdatum|Fällig|Date d'échéance|Échéance|Fecha de vencimiento|Data de entrega|Data limite|Data di scadenza|Scadenza",
  "Parent id": "Übergeordnete ID|ID parent|ID del elemento principal|ID do pai|ID principale",
  "Parent key": "Übergeordneter Schlüssel|Clé parent|Clave principal|Chave pai|Chiave principale",
  Labels: "Stichwörter|Étiquettes|Etiquetas|Etichette",
  "Component/s":
    "Komponente(n)|Komponenten|Composants|Composant(s)|Componentes|Componente/s|Componenti",
  Description: "Beschreibung|Descripción|Descrição|Descrizione",
  Environment: "Umgebung|Environnement|Entorno|Ambiente",
  Comment:
    "Kommentar|Kommentare|Commentaire|Commentaires|Comentario|Comentarios|Comentário|Commento|Commenti",
  Attachment: "Anhang|Anhänge|Pièce jointe|Pièces jointes|Adjunto|Anexo|Allegato|Allegati",
  "Project key":
    "Projektschlüssel|Clé de projet|Clave del proyecto|Chave do projeto|Chiave progetto",
  "Project name": "Projektname|Nom du projet|Nombre del proyecto|Nome do projeto|Nome progetto",
  "Custom field (Story Points)":
    "Benutzerdefiniertes Feld (Story Points)|Champ personnalisé (Story Points)|Campo personalizado (Story Points)",
};

const english = new Map(
  Object.entries(NAMES).flatMap(([name, others]) =>
    others.split("|").map((other): [string, string] => [other.toLowerCase(), name]),
  ),
);

const KEY = /^[A-Z][A-Z0-9_]{1,19}-\d{1,9}$/;

/** A table of Jira's in one of these languages, with the headers of an English one; null for any other table. */
export function inEnglish(table: CsvTable): CsvTable | null {
  const headers = table.headers.map((header) => english.get(header.toLowerCase()) ?? header);
  const at = headers.indexOf("Issue key");
  if (at === -1 || !headers.includes("Summary")) return null;
  // "Clave" and "Schlüssel" are words of other tables too: the keys themselves tell.
  const isKeyed = table.rows.every(({ cells }) => KEY.test((cells[at] ?? "").trim()));
  return isKeyed ? { headers, rows: table.rows } : null;
}
