import{a}from"./chunk-JSRD4ZQH.js";import"./chunk-G26R36EJ.js";import"./chunk-C2ILZRWP.js";export{a as Relations};
