import{a}from"./chunk-GGI56YWF.js";import"./chunk-LNC5OHGD.js";import"./chunk-ZD54PYGX.js";export{a as Relations};
