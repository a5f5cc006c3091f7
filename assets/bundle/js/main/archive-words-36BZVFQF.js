import{a}from"./chunk-VZYZ4SGK.js";import"./chunk-U2GM2DMH.js";import"./chunk-QFEFAQND.js";export{a as archiveFailed};
