import{a}from"./chunk-3FGVHNUS.js";import"./chunk-ZB5RJHQE.js";import"./chunk-MFRKR42Q.js";export{a as archiveFailed};
