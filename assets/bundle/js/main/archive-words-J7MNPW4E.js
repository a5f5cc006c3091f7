import{a}from"./chunk-4E5CB5WZ.js";import"./chunk-G3FAHFE7.js";import"./chunk-PSYEO2YT.js";export{a as archiveFailed};
