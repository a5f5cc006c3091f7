import{a}from"./chunk-UHBR4ZDB.js";import"./chunk-FR7W6MKC.js";import"./chunk-UM6X3XQG.js";export{a as Relations};
