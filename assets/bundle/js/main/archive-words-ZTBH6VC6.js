import{a}from"./chunk-7H6X6DD5.js";import"./chunk-CWWJJTIE.js";import"./chunk-JMR4ZJSK.js";export{a as archiveFailed};
